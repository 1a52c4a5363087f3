"""Isola et al., 2017."""

import torch
from torch import nn
from torch.nn import functional as F

from ..game import Game, Update, bce
from ..layers import BatchNorm

RATE = 0.5


def leaky(x):
    return F.leaky_relu(x, 0.2)


def dropped(x, share):
    """Dropout by shares drawn from [0, 1): what lies below the rate is dropped."""
    return torch.where(share < RATE, 0, x / (1 - RATE)) if share is not None else x


class UNet(nn.Module):
    def __init__(self, ch):
        super().__init__()
        sizes = [3, ch, 2 * ch, 2 * ch, 2 * ch]
        self.down = nn.ModuleList(
            nn.Conv2d(inputs, filters, 4, stride=2, padding=1, bias=False) for inputs, filters in zip(sizes, sizes[1:])
        )
        self.up = nn.ModuleList(
            nn.ConvTranspose2d(inputs, filters, 4, stride=2, padding=1, bias=last)
            for inputs, filters, last in [(2 * ch, 2 * ch, False), (4 * ch, 2 * ch, False), (4 * ch, ch, False), (2 * ch, 3, True)]
        )
        self.down_norm = nn.ModuleList([BatchNorm(2 * ch), BatchNorm(2 * ch)])
        self.up_norm = nn.ModuleList([BatchNorm(2 * ch), BatchNorm(2 * ch), BatchNorm(ch)])

    def forward(self, sketch, share=None):
        e1 = self.down[0](sketch)
        e2 = self.down_norm[0](self.down[1](leaky(e1)))
        e3 = self.down_norm[1](self.down[2](leaky(e2)))
        x = self.down[3](leaky(e3))
        for at, skip in enumerate([e3, e2, e1]):
            x = self.up_norm[at](self.up[at](x.relu()))
            x = torch.cat([dropped(x, share) if at == 1 else x, skip], dim=1)
        return self.up[3](x.relu()).tanh()


class Patches(nn.Module):
    def __init__(self, ch):
        super().__init__()
        self.first, self.second = nn.Conv2d(6, ch, 4, 2, 1), nn.Conv2d(ch, 2 * ch, 4, 2, 1, bias=False)
        self.third, self.last = nn.Conv2d(2 * ch, 2 * ch, 4, 1, 1, bias=False), nn.Conv2d(2 * ch, 1, 4, 1, 1)
        self.norm1, self.norm2 = BatchNorm(2 * ch), BatchNorm(2 * ch)

    def forward(self, sketch, photo):
        x = self.first(torch.cat([sketch, photo], dim=1))
        x = self.norm2(self.third(leaky(self.norm1(self.second(leaky(x))))))
        return self.last(leaky(x))


def pix2pix(draw, ch=3):
    G, D = UNet(ch), Patches(ch)
    sketch, photo = draw.uniform(1, 3, 16, 16), draw.uniform(1, 3, 16, 16)
    shares = {player: draw.share(1, 2 * ch, 4, 4) for player in "DG"}
    adam = {"lr": 2e-4, "beta1": 0.5}

    def loss_of_g():
        fake = G(sketch, shares["G"])
        return bce(D(sketch, fake), 1) + 100 * F.l1_loss(fake, photo)

    down = [(f"G/e{level}/down" if level > 1 else "G/e1") for level in (1, 2, 3, 4)]
    up = ["G/up", "G/up.2", "G/up.3"]
    return Game(
        networks={"G": G, "D": D},
        layers={
            **{f"{path}/conv2d": conv for path, conv in zip(down, G.down)},
            **{f"{path}/batch_norm": norm for path, norm in zip(down[1:3], G.down_norm)},
            **{f"{path}/conv2d_transpose": conv for path, conv in zip(up, G.up)},
            **{f"{path}/batch_norm": norm for path, norm in zip(up, G.up_norm)},
            "G/conv2d_transpose": G.up[3],
            "D/conv2d": D.first, "D/down/conv2d": D.second, "D/down/batch_norm": D.norm1,
            "D/conv2d.2": D.third, "D/batch_norm": D.norm2, "D/conv2d.3": D.last,
        },  # fmt: skip
        data={"facades.sketch": sketch, "facades.photo": photo},
        draws={f"update.{player}/G/up.2/dropout#1": shares[player] for player in "DG"},
        updates=[
            Update("D", lambda: 0.5 * (bce(D(sketch, photo), 1) + bce(D(sketch, G(sketch, shares["D"])), 0)), adam),
            Update("G", loss_of_g, adam),
        ],
        sample=lambda given: G(given["sketch"]),
        sample_inputs={"sketch": draw.uniform(2, 3, 16, 16)},
    )
