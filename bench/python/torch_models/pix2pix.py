"""pix2pix: a U-Net, a discriminator of patches, L1."""

import torch
from torch import nn
from torch.nn import functional as F

from .training import adam, bce, minimize


def down(inputs, filters, norm=True):
    conv = nn.Conv2d(inputs, filters, 4, stride=2, padding=1, bias=False)
    return nn.Sequential(nn.LeakyReLU(0.2), conv, *([nn.BatchNorm2d(filters)] if norm else []))


def up(inputs, filters, drop=False):
    conv = nn.ConvTranspose2d(inputs, filters, 4, stride=2, padding=1, bias=False)
    return nn.Sequential(nn.ReLU(), conv, nn.BatchNorm2d(filters), *([nn.Dropout(0.5)] if drop else []))


class UNet(nn.Module):
    def __init__(self):
        super().__init__()
        sizes = [64, 128, 256, 512, 512, 512, 512, 512]
        self.first = nn.Conv2d(3, 64, 4, stride=2, padding=1, bias=False)
        self.downs = nn.ModuleList(
            down(inputs, filters, norm=at < 6) for at, (inputs, filters) in enumerate(zip(sizes, sizes[1:]))
        )
        self.ups = nn.ModuleList(
            up(filters if at == 0 else 2 * filters, skip, drop=1 <= at <= 3)
            for at, (filters, skip) in enumerate(zip(sizes[::-1], sizes[-2::-1]))
        )
        self.last = nn.Sequential(nn.ReLU(), nn.ConvTranspose2d(128, 3, 4, stride=2, padding=1), nn.Tanh())

    def forward(self, sketch):
        skips = [self.first(sketch)]
        for layer in self.downs:
            skips.append(layer(skips[-1]))
        x = skips.pop()
        for layer in self.ups:
            x = torch.cat([layer(x), skips.pop()], dim=1)
        return self.last(x)


class Patches(nn.Module):
    def __init__(self):
        super().__init__()
        self.main = nn.Sequential(
            nn.Conv2d(6, 64, 4, stride=2, padding=1), down(64, 128), down(128, 256),
            nn.LeakyReLU(0.2), nn.Conv2d(256, 512, 4, padding=1, bias=False), nn.BatchNorm2d(512),
            nn.LeakyReLU(0.2), nn.Conv2d(512, 1, 4, padding=1),
        )  # fmt: skip

    def forward(self, sketch, photo):
        return self.main(torch.cat([sketch, photo], dim=1))


def pix2pix(prepare, laid_out, batch=1):
    G, D = prepare(UNet()), prepare(Patches())
    optimizers = {"D": adam(D, 2e-4, (0.5, 0.999)), "G": adam(G, 2e-4, (0.5, 0.999))}
    sketch, real = (laid_out(torch.rand(batch, 3, 256, 256) * 2 - 1) for _ in range(2))

    def step():
        with torch.no_grad():
            fake = G(sketch)
        minimize(0.5 * (bce(D(sketch, real), 1) + bce(D(sketch, fake), 0)), D, optimizers["D"])
        fake = G(sketch)
        minimize(bce(D(sketch, fake), 1) + 100 * F.l1_loss(fake, real), G, optimizers["G"])

    return [G, D], step
