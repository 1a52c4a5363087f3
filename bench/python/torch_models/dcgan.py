"""The TensorFlow tutorial's DCGAN: both gradients from one batch of fakes, then both updates."""

import torch
from torch import nn

from .training import adam, bce, differentiate


def dcgan(prepare, laid_out, batch=64):
    G = prepare(
        nn.Sequential(
            nn.Linear(100, 7 * 7 * 256, bias=False),
            nn.BatchNorm1d(7 * 7 * 256),
            nn.LeakyReLU(0.3),
            nn.Unflatten(1, (256, 7, 7)),
            nn.ConvTranspose2d(256, 128, 5, stride=1, padding=2, bias=False),
            nn.BatchNorm2d(128),
            nn.LeakyReLU(0.3),
            nn.ConvTranspose2d(128, 64, 5, stride=2, padding=2, output_padding=1, bias=False),
            nn.BatchNorm2d(64),
            nn.LeakyReLU(0.3),
            nn.ConvTranspose2d(64, 1, 5, stride=2, padding=2, output_padding=1, bias=False),
            nn.Tanh(),
        )
    )
    D = prepare(
        nn.Sequential(
            nn.Conv2d(1, 64, 5, stride=2, padding=2),
            nn.LeakyReLU(0.3),
            nn.Dropout(0.3),
            nn.Conv2d(64, 128, 5, stride=2, padding=2),
            nn.LeakyReLU(0.3),
            nn.Dropout(0.3),
            nn.Flatten(),
            nn.Linear(7 * 7 * 128, 1),
        )
    )
    optimizers = [adam(D, 1e-4), adam(G, 1e-4)]
    images = laid_out(torch.rand(batch, 1, 28, 28) * 2 - 1)

    def step():
        fake = G(torch.randn(batch, 100))
        real_score, fake_score = D(images), D(fake)
        differentiate(bce(real_score, 1) + bce(fake_score, 0), D, retain_graph=True)
        differentiate(bce(fake_score, 1), G)
        for optimizer in optimizers:
            optimizer.step()

    return [G, D], step

