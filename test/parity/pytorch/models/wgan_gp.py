"""Gulrajani et al., 2017; the projection critic after Miyato & Koyama, 2018."""

import torch
from torch import nn

from ..game import Game, Update
from ..layers import BatchNorm, Unflatten


class ResUp(nn.Module):
    def __init__(self, ch):
        super().__init__()
        self.skip = nn.Sequential(nn.Upsample(scale_factor=2), nn.Conv2d(ch, ch, 1))
        self.main = nn.Sequential(
            BatchNorm(ch), nn.ReLU(), nn.Upsample(scale_factor=2), nn.Conv2d(ch, ch, 3, padding=1),
            BatchNorm(ch), nn.ReLU(), nn.Conv2d(ch, ch, 3, padding=1),
        )  # fmt: skip

    def forward(self, x):
        return self.main(x) + self.skip(x)

    def layers(self, path):
        return {
            f"{path}/skip/conv2d": self.skip[1],
            f"{path}/main/batch_norm": self.main[0], f"{path}/main/conv2d": self.main[3],
            f"{path}/main/batch_norm.2": self.main[4], f"{path}/main/conv2d.2": self.main[6],
        }  # fmt: skip


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

    def layers(self, path):
        return {
            f"{path}/skip/conv2d": self.skip[1],
            f"{path}/main/conv2d": self.main[1], f"{path}/main/conv2d.2": self.main[3],
        }  # fmt: skip


class Res(nn.Module):
    def __init__(self, ch):
        super().__init__()
        self.main = nn.Sequential(
            nn.ReLU(), nn.Conv2d(ch, ch, 3, padding=1), nn.ReLU(), nn.Conv2d(ch, ch, 3, padding=1)
        )

    def forward(self, x):
        return x + self.main(x)

    def layers(self, path):
        return {f"{path}/main/conv2d": self.main[1], f"{path}/main/conv2d.2": self.main[3]}


class Generator(nn.Module):
    def __init__(self, ch, z, classes):
        super().__init__()
        self.embed, self.dense = nn.Embedding(classes, ch), nn.Linear(z + ch, 4 * 4 * ch)
        self.up = nn.ModuleList([ResUp(ch), ResUp(ch)])
        self.norm, self.conv = BatchNorm(ch), nn.Conv2d(ch, 3, 3, padding=1)
        self.start = Unflatten(4, 4, ch)

    def forward(self, z, y):
        x = self.start(self.dense(torch.cat([z, self.embed(y)], dim=1)))
        for block in self.up:
            x = block(x)
        return self.conv(self.norm(x).relu()).tanh()


class Critic(nn.Module):
    def __init__(self, ch, classes):
        super().__init__()
        self.main = nn.Sequential(ResDown(3, ch), ResDown(ch, ch), Res(ch), nn.ReLU())
        self.score, self.embed = nn.Linear(ch, 1), nn.Embedding(classes, ch)

    def forward(self, x, y):
        h = self.main(x).mean(dim=(2, 3))
        return self.score(h) + (h * self.embed(y)).sum(dim=1, keepdim=True)


def gradient_penalty(critic, real, fake, place):
    mix = torch.lerp(fake, real, place)
    (slope,) = torch.autograd.grad(critic(mix).sum(), mix, create_graph=True)
    return (slope.flatten(1).norm(dim=1) - 1).square().mean()


def wgan_gp(draw, ch=4, z=6, classes=10, batch=4):
    G, D = Generator(ch, z, classes), Critic(ch, classes)
    real, y = draw.uniform(batch, 3, 16, 16), draw.label(classes, batch)
    latents = {player: draw.normal(batch, z) for player in "DG"}
    place = draw.share(batch, 1, 1, 1)
    adam = {"lr": 2e-4, "beta1": 0.0, "beta2": 0.9}

    def loss_of_d():
        fake = G(latents["D"], y)
        distance = D(fake, y).mean() - D(real, y).mean()
        return distance + 10 * gradient_penalty(lambda x: D(x, y), real, fake, place)

    return Game(
        networks={"G": G, "D": D},
        layers={
            "G/embed": G.embed, "G/dense": G.dense, **G.up[0].layers("G/res_up"), **G.up[1].layers("G/res_up.2"),
            "G/batch_norm": G.norm, "G/conv2d": G.conv,
            **D.main[0].layers("D/h/res_down"), **D.main[1].layers("D/h/res_down.2"), **D.main[2].layers("D/h/res"),
            "D/dense": D.score, "D/embed": D.embed,
        },  # fmt: skip
        data={"cifar.image": real, "cifar.class": y},
        draws={
            **{f"update.{player}/latent z#1": latents[player] for player in "DG"},
            "update.D/train/update.D/gradient_penalty#1": place,
        },
        updates=[Update("D", loss_of_d, adam), Update("G", lambda: -D(G(latents["G"], y), y).mean(), adam)],
        sample=lambda given: G(given["z"], given["y"]),
        sample_inputs={"z": draw.normal(2, z), "y": draw.label(classes, 2)},
    )
