"""Karras et al., 2020."""

import torch
from torch import nn
from torch.nn import functional as F

from ..game import Game, Update
from ..layers import Flatten, ModulatedConv2d, equalized, filtered


def leaky(x):
    return F.leaky_relu(x, 0.2)


class Styled(nn.Module):
    def __init__(self, ch, up=1):
        super().__init__()
        self.conv, self.strength = ModulatedConv2d(ch, ch, ch, up=up), nn.Parameter(torch.zeros(1))

    def forward(self, x, w, noise):
        return 2**0.5 * leaky(self.conv(x, w) + self.strength * noise)

    def layers(self, path):
        return {f"{path}/h/modulated_conv2d": self.conv, f"{path}/h/learned_noise/strength": self.strength}


class Generator(nn.Module):
    def __init__(self, ch, z):
        super().__init__()
        self.mapping = nn.ModuleList([equalized(nn.Linear(z, ch)), equalized(nn.Linear(ch, ch))])
        self.start = nn.Parameter(torch.zeros(4, 4, ch))
        self.styled = nn.ModuleList([Styled(ch), Styled(ch, up=2), Styled(ch)])
        self.colours = nn.ModuleList([ModulatedConv2d(ch, 3, ch, kernel=1, demodulate=False) for _ in range(2)])

    def forward(self, z, noises):
        w = z * (z.square().mean(dim=1, keepdim=True) + 1e-8).rsqrt()
        for dense in self.mapping:
            w = leaky(dense(w))
        h0 = self.styled[0](self.start.permute(2, 0, 1).expand(len(z), -1, -1, -1), w, noises[0])
        h1 = self.styled[2](self.styled[1](h0, w, noises[1]), w, noises[2])
        return filtered(self.colours[0](h0, w), up=2, padding=(2, 1)) + self.colours[1](h1, w)


class Half(nn.Module):
    def __init__(self, ch):
        super().__init__()
        self.conv1 = equalized(nn.Conv2d(ch, ch, 3, padding=1))
        self.conv2 = equalized(nn.Conv2d(ch, ch, 3, stride=2))
        self.skip = equalized(nn.Conv2d(ch, ch, 1, bias=False), gain=1)

    def forward(self, x):
        main = leaky(self.conv2(filtered(leaky(self.conv1(x)), padding=(2, 2))))
        return (main + self.skip(filtered(x, down=2, padding=(1, 1)))) / 2**0.5


class Discriminator(nn.Module):
    def __init__(self, ch):
        super().__init__()
        self.first, self.shrink = equalized(nn.Conv2d(3, ch, 1)), Half(ch)
        self.last = equalized(nn.Conv2d(ch + 1, ch, 3, padding=1))
        self.flatten, self.dense = Flatten(), equalized(nn.Linear(4 * 4 * ch, ch))
        self.score = equalized(nn.Linear(ch, 1), gain=1)

    def forward(self, x):
        h = self.shrink(leaky(self.first(x)))
        # One group of the whole batch: the mean over all places and channels of the standard deviation over examples.
        spread = (h.var(dim=0, unbiased=False) + 1e-8).sqrt().mean()
        h = torch.cat([h, spread.expand(len(h), 1, *h.shape[2:])], dim=1)
        return self.score(leaky(self.dense(self.flatten(leaky(self.last(h))))))


def r1(D, real):
    x = real.clone().requires_grad_()
    (slope,) = torch.autograd.grad(D(x).sum(), x, create_graph=True)
    return slope.square().flatten(1).sum(dim=1).mean()


NOISES = {"h0/styled": 4, "h1/styled": 8, "h1/styled.2": 8}
"""Where noise is added, and the size of the map there."""


def stylegan2(draw, ch=4, z=6, batch=4):
    G, D = Generator(ch, z), Discriminator(ch)
    real = draw.uniform(batch, 3, 8, 8)
    latents = {player: draw.normal(batch, z) for player in "DG"}

    def noise(count):
        return {f"G/{path}/h/learned_noise#1": draw.normal(count, 1, size, size) for path, size in NOISES.items()}

    noises = {"update.D": noise(batch), "update.G": noise(batch), "sample.G": noise(2)}

    def made(program, z):
        return G(z, list(noises[program].values()))

    adam = {"lr": 2e-3, "beta1": 0.0, "beta2": 0.99}
    return Game(
        networks={"G": G, "D": D},
        layers={
            "G/w/mapped/dense": G.mapping[0], "G/w/mapped.2/dense": G.mapping[1], "G/h0/learned/value": G.start,
            **G.styled[0].layers("G/h0/styled"), **G.styled[1].layers("G/h1/styled"),
            **G.styled[2].layers("G/h1/styled.2"),
            "G/colours/modulated_conv2d": G.colours[0], "G/colours.2/modulated_conv2d": G.colours[1],
            "D/conv2d": D.first, "D/half/main/conv2d": D.shrink.conv1, "D/half/main/conv2d.2": D.shrink.conv2,
            "D/half/skip/conv2d": D.shrink.skip, "D/conv2d.2": D.last, "D/dense": D.dense, "D/dense.2": D.score,
        },  # fmt: skip
        data={"faces.image": real},
        draws={
            **{f"update.{player}/latent z#1": latents[player] for player in "DG"},
            **{f"{program}/{path}": values for program, of in noises.items() for path, values in of.items()},
        },
        updates=[
            Update(
                "D",
                lambda: F.softplus(-D(real)).mean() + F.softplus(D(made("update.D", latents["D"]))).mean() + 5 * r1(D, real),
                adam,
            ),
            Update("G", lambda: F.softplus(-D(made("update.G", latents["G"]))).mean(), adam),
        ],
        sample=lambda given: made("sample.G", given["z"]),
        sample_inputs={"z": draw.normal(2, z)},
        slow=("G/w/mapped/dense", "G/w/mapped.2/dense"),
    )
