"""The video GAN with two judges, of frames and of motion."""

import torch
from torch import nn
from torch.nn.utils import parametrize
from torch.nn.utils.parametrizations import spectral_norm

from .training import Average, adam, minimize


def grow(inputs, filters):
    conv = nn.ConvTranspose3d(inputs, filters, 4, stride=2, padding=1)
    return nn.Sequential(conv, nn.BatchNorm3d(filters), nn.ReLU())


def judge(convolution, ch, features):
    sizes = [3, ch, 2 * ch, 4 * ch, 8 * ch]
    blocks = [
        (spectral_norm(convolution(inputs, filters, 4, stride=2, padding=1)), nn.LeakyReLU(0.2))
        for inputs, filters in zip(sizes, sizes[1:])
    ]
    return nn.Sequential(*sum(blocks, ()), nn.Flatten(), nn.Linear(features * 8 * ch, 1))


class Generator(nn.Module):
    def __init__(self, ch, z):
        super().__init__()
        features = 2 * 4 * 4 * 8 * ch
        self.start = nn.Sequential(nn.Linear(z, features), nn.Unflatten(1, (8 * ch, 2, 4, 4)))
        self.grow = nn.Sequential(
            nn.BatchNorm3d(8 * ch), nn.ReLU(), grow(8 * ch, 4 * ch), grow(4 * ch, 2 * ch), grow(2 * ch, ch)
        )
        self.picture = nn.Sequential(nn.Upsample(scale_factor=2), nn.Conv2d(ch, 3, 3, padding=1), nn.Tanh())

    def forward(self, z):
        clip = self.grow(self.start(z))
        pictures = self.picture(clip.transpose(1, 2).flatten(0, 1))
        return pictures.unflatten(0, (len(z), -1)).transpose(1, 2)


def pick_frames(clip, count):
    """One frame of each of `count` equal stretches, drawn for every example: [batch * count, 3, H, W]."""
    batch, _, frames = clip.shape[:3]
    stretch = frames // count
    chosen = torch.arange(count) * stretch + torch.randint(stretch, (batch, count))
    return clip.transpose(1, 2)[torch.arange(batch)[:, None], chosen].flatten(0, 1)


def hinge(real, fake):
    return torch.relu(1 - real).mean() + torch.relu(1 + fake).mean()


def video(prepare, laid_out, batch=16, ch=32, z=128, frames=16, size=64):
    G = prepare(Generator(ch, z))
    Frames = prepare(judge(nn.Conv2d, ch, 4 * 4))
    Motion = prepare(judge(nn.Conv3d, ch, 4 * 4))
    optimizers = {
        "Frames": adam(Frames, 4e-4, (0.0, 0.9)),
        "Motion": adam(Motion, 4e-4, (0.0, 0.9)),
        "G": adam(G, 1e-4, (0.0, 0.9)),
    }
    average = Average(G, 0.999)
    real = laid_out(torch.rand(batch, 3, frames, size, size) * 2 - 1)

    def fakes():
        with torch.no_grad():
            return G(torch.randn(batch, z))

    def step():
        # A kernel used twice in an update is normalized once.
        with parametrize.cached():
            loss = hinge(Frames(pick_frames(real, 4)), Frames(pick_frames(fakes(), 4)))
            minimize(loss, Frames, optimizers["Frames"])
        with parametrize.cached():
            minimize(hinge(Motion(real), Motion(fakes())), Motion, optimizers["Motion"])
        with parametrize.cached():
            fake = G(torch.randn(batch, z))
            minimize(-Motion(fake).mean() - Frames(pick_frames(fake, 4)).mean(), G, optimizers["G"])
        average.update()

    return [G, Frames, Motion], step
