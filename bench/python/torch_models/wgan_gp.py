"""The class-conditional WGAN-GP with residual blocks: one critic update, one generator update."""

import torch
from torch import nn

from .training import Average, adam, minimize


class ResUp(nn.Module):
    def __init__(self, ch):
        super().__init__()
        self.skip = nn.Sequential(nn.Upsample(scale_factor=2), nn.Conv2d(ch, ch, 1))
        self.main = nn.Sequential(
            nn.BatchNorm2d(ch), nn.ReLU(), nn.Upsample(scale_factor=2), nn.Conv2d(ch, ch, 3, padding=1),
            nn.BatchNorm2d(ch), nn.ReLU(), nn.Conv2d(ch, ch, 3, padding=1),
        )  # fmt: skip

    def forward(self, x):
        return self.main(x) + self.skip(x)


class ResDown(nn.Module):
    def __init__(self, inputs, ch):
        super().__init__()
        self.skip = nn.Sequential(nn.AvgPool2d(2), nn.Conv2d(inputs, ch, 1))
        self.main = nn.Sequential(
            nn.ReLU(), nn.Conv2d(inputs, ch, 3, padding=1),
            nn.ReLU(), nn.Conv2d(ch, ch, 3, padding=1), nn.AvgPool2d(2),
        )  # fmt: skip

    def forward(self, x):
        return self.main(x) + self.skip(x)


class Res(nn.Module):
    def __init__(self, ch):
        super().__init__()
        self.main = nn.Sequential(
            nn.ReLU(), nn.Conv2d(ch, ch, 3, padding=1), nn.ReLU(), nn.Conv2d(ch, ch, 3, padding=1)
        )

    def forward(self, x):
        return x + self.main(x)


class Generator(nn.Module):
    def __init__(self, ch, z, classes):
        super().__init__()
        self.embed = nn.Embedding(classes, ch)
        self.main = nn.Sequential(
            nn.Linear(z + ch, 4 * 4 * ch), nn.Unflatten(1, (ch, 4, 4)),
            ResUp(ch), ResUp(ch), ResUp(ch),
            nn.BatchNorm2d(ch), nn.ReLU(), nn.Conv2d(ch, 3, 3, padding=1), nn.Tanh(),
        )  # fmt: skip

    def forward(self, z, y):
        return self.main(torch.cat([z, self.embed(y)], dim=1))


class Critic(nn.Module):
    def __init__(self, ch, classes):
        super().__init__()
        self.main = nn.Sequential(ResDown(3, ch), ResDown(ch, ch), Res(ch), Res(ch), nn.ReLU())
        self.score = nn.Linear(ch, 1)
        self.embed = nn.Embedding(classes, ch)

    def forward(self, x, y):
        h = self.main(x).mean(dim=(2, 3))
        return self.score(h) + (h * self.embed(y)).sum(dim=1, keepdim=True)


def gradient_penalty(D, real, fake, y):
    mix = torch.lerp(real, fake, torch.rand(len(real), 1, 1, 1)).requires_grad_()
    (slope,) = torch.autograd.grad(D(mix, y).sum(), mix, create_graph=True)
    return (slope.flatten(1).norm(dim=1) - 1).square().mean()


def wgan_gp(prepare, laid_out, batch=64, ch=128, z=128, classes=10):
    G = prepare(Generator(ch, z, classes))
    D = prepare(Critic(ch, classes))
    optimizers = {"D": adam(D, 2e-4, (0.0, 0.9)), "G": adam(G, 2e-4, (0.0, 0.9))}
    average = Average(G, 0.999)
    real = laid_out(torch.rand(batch, 3, 32, 32) * 2 - 1)
    y = torch.randint(classes, (batch,))

    def step():
        with torch.no_grad():
            fake = G(torch.randn(batch, z), y)
        loss = D(fake, y).mean() - D(real, y).mean() + 10 * gradient_penalty(D, real, fake, y)
        minimize(loss, D, optimizers["D"])
        minimize(-D(G(torch.randn(batch, z), y), y).mean(), G, optimizers["G"])
        average.update()

    return [G, D], step
