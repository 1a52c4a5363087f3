"""Radford, Metz & Chintala, 2016."""

from torch import nn

from ..game import Game, Update, bce
from ..layers import BatchNorm, Flatten, Unflatten


def dcgan(draw, ch=4, z=6, batch=4):
    G = nn.Sequential(
        nn.Linear(z, 4 * 4 * 2 * ch, bias=False), Unflatten(4, 4, 2 * ch), BatchNorm(2 * ch), nn.ReLU(),
        nn.ConvTranspose2d(2 * ch, ch, 4, stride=2, padding=1, bias=False), BatchNorm(ch), nn.ReLU(),
        nn.ConvTranspose2d(ch, 3, 4, stride=2, padding=1, bias=False), nn.Tanh(),
    )  # fmt: skip
    D = nn.Sequential(
        nn.Conv2d(3, ch, 4, stride=2, padding=1, bias=False), nn.LeakyReLU(0.2),
        nn.Conv2d(ch, 2 * ch, 4, stride=2, padding=1, bias=False), BatchNorm(2 * ch), nn.LeakyReLU(0.2),
        Flatten(), nn.Linear(4 * 4 * 2 * ch, 1, bias=False),
    )  # fmt: skip
    real = draw.uniform(batch, 3, 16, 16)
    latents = {player: draw.normal(batch, z) for player in "DG"}
    adam = {"lr": 2e-4, "beta1": 0.5}
    return Game(
        networks={"G": G, "D": D},
        layers={
            "G/dense": G[0], "G/batch_norm": G[2], "G/up/conv2d_transpose": G[4], "G/up/batch_norm": G[5],
            "G/conv2d_transpose": G[7], "D/conv2d": D[0], "D/down/conv2d": D[2], "D/down/batch_norm": D[3],
            "D/dense": D[6],
        },  # fmt: skip
        data={"faces.image": real},
        draws={f"update.{player}/latent z#1": latents[player] for player in "DG"},
        updates=[
            Update("D", lambda: bce(D(real), 1) + bce(D(G(latents["D"])), 0), adam),
            Update("G", lambda: bce(D(G(latents["G"])), 1), adam),
        ],
        sample=lambda given: G(given["z"]),
        sample_inputs={"z": draw.normal(2, z)},
    )
