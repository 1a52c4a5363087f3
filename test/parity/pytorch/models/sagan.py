"""Zhang, Goodfellow, Metaxas & Odena, 2019."""

from torch import nn
from torch.nn import functional as F

from ..game import Game, Update
from ..layers import BatchNorm, ConditionalBatchNorm, SelfAttention, Unflatten, spectral


def sn_conv(inputs, filters, kernel=3):
    return spectral(nn.Conv2d(inputs, filters, kernel, padding=kernel // 2))


class ClassUp(nn.Module):
    def __init__(self, ch, classes):
        super().__init__()
        self.skip, self.conv1, self.conv2 = sn_conv(ch, ch, 1), sn_conv(ch, ch), sn_conv(ch, ch)
        self.norm1, self.norm2 = (ConditionalBatchNorm(ch, classes) for _ in range(2))

    def forward(self, x, y):
        main = self.conv1(F.interpolate(self.norm1(x, y).relu(), scale_factor=2))
        main = self.conv2(self.norm2(main, y).relu())
        return main + self.skip(F.interpolate(x, scale_factor=2))


class ResDown(nn.Module):
    def __init__(self, ch, filters):
        super().__init__()
        self.skip, self.conv1, self.conv2 = sn_conv(ch, filters, 1), sn_conv(ch, ch), sn_conv(ch, filters)

    def forward(self, x):
        main = self.conv2(self.conv1(x.relu()).relu())
        return F.avg_pool2d(main, 2) + F.avg_pool2d(self.skip(x), 2)


class Generator(nn.Module):
    def __init__(self, ch, z, classes):
        super().__init__()
        self.dense, self.start = spectral(nn.Linear(z, 4 * 4 * ch)), Unflatten(4, 4, ch)
        self.attention, self.up = SelfAttention(ch, keys=4), ClassUp(ch, classes)
        self.norm, self.conv = BatchNorm(ch), sn_conv(ch, 3)

    def forward(self, z, y):
        x = self.up(self.attention(self.start(self.dense(z))), y)
        return self.conv(self.norm(x).relu()).tanh()


class Discriminator(nn.Module):
    def __init__(self, ch, classes):
        super().__init__()
        self.conv, self.attention, self.down = sn_conv(3, ch), SelfAttention(ch, keys=4), ResDown(ch, ch)
        self.score, self.embed = spectral(nn.Linear(ch, 1)), spectral(nn.Embedding(classes, ch))

    def forward(self, x, y):
        h = self.down(self.attention(self.conv(x))).relu().mean(dim=(2, 3))
        return self.score(h) + (h * self.embed(y)).sum(dim=1, keepdim=True)


def sagan(draw, ch=8, z=6, classes=10, batch=4):
    G, D = Generator(ch, z, classes), Discriminator(ch, classes)
    real, y = draw.uniform(batch, 3, 8, 8), draw.label(classes, batch)
    latents = {player: draw.normal(batch, z) for player in "DG"}

    def loss_of_d():
        real_score, fake_score = D(real, y), D(G(latents["D"], y), y)
        return (1 - real_score).relu().mean() + (1 + fake_score).relu().mean()

    up, down = "G/sn_class_up", "D/h/sn_res_down"
    return Game(
        networks={"G": G, "D": D},
        layers={
            "G/dense": G.dense, "G/self_attention": G.attention,
            f"{up}/skip/sn_conv/conv2d": G.up.skip,
            f"{up}/main/conditional_batch_norm": G.up.norm1, f"{up}/main/sn_conv/conv2d": G.up.conv1,
            f"{up}/main/conditional_batch_norm.2": G.up.norm2, f"{up}/main/sn_conv.2/conv2d": G.up.conv2,
            "G/batch_norm": G.norm, "G/conv2d": G.conv,
            "D/h/sn_conv/conv2d": D.conv, "D/h/self_attention": D.attention,
            f"{down}/skip/sn_conv/conv2d": D.down.skip,
            f"{down}/main/sn_conv/conv2d": D.down.conv1, f"{down}/main/sn_conv.2/conv2d": D.down.conv2,
            "D/dense": D.score, "D/embed": D.embed,
        },  # fmt: skip
        data={"cifar.image": real, "cifar.class": y},
        draws={f"update.{player}/latent z#1": latents[player] for player in "DG"},
        updates=[
            Update("D", loss_of_d, {"lr": 4e-4, "beta1": 0.0}),
            Update("G", lambda: -D(G(latents["G"], y), y).mean(), {"lr": 1e-4, "beta1": 0.0}),
        ],
        sample=lambda given: G(given["z"], given["y"]),
        sample_inputs={"z": draw.normal(2, z), "y": draw.label(classes, 2)},
    )
