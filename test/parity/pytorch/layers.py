"""
Layers that PyTorch lacks or writes in another way than the papers. Where a statistic moves, it moves only while
`moves` is set: in the updates that train its network.
"""

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils import parametrize


def moving(network, flag):
    """Whether the statistics of a network move in what follows."""
    for module in network.modules():
        if hasattr(module, "moves"):
            module.moves = flag


class BatchNorm(nn.Module):
    """
    Batch norm in training, by PyTorch's own function. PyTorch would keep a moving variance divided by n - 1; here it is
    divided by n, as the paper's is in a batch and as TensorFlow's is.
    """

    def __init__(self, channels, affine=True):
        super().__init__()
        self.moves = False
        self.register_buffer("moving_mean", torch.zeros(channels))
        self.register_buffer("moving_variance", torch.ones(channels))
        if affine:
            self.gamma, self.beta = nn.Parameter(torch.ones(channels)), nn.Parameter(torch.zeros(channels))

    def forward(self, x):
        gamma, beta = getattr(self, "gamma", None), getattr(self, "beta", None)
        if not self.training:
            return F.batch_norm(x, self.moving_mean, self.moving_variance, gamma, beta, training=False)
        if self.moves:
            axes = [0, *range(2, x.dim())]
            self.moving_mean.lerp_(x.detach().mean(axes), 0.1)
            self.moving_variance.lerp_(x.detach().var(axes, unbiased=False), 0.1)
        return F.batch_norm(x, None, None, gamma, beta, training=True)


class ConditionalBatchNorm(BatchNorm):
    """A scale and a shift for every class: (1 + gamma[y]) * normalized + beta[y]."""

    def __init__(self, channels, classes):
        super().__init__(channels, affine=False)
        self.gamma_of, self.beta_of = nn.Embedding(classes, channels), nn.Embedding(classes, channels)

    def forward(self, x, y):
        scale, shift = self.gamma_of(y)[:, :, None, None], self.beta_of(y)[:, :, None, None]
        return (1 + scale) * super().forward(x) + shift


class SpectralNorm(nn.Module):
    """
    Algorithm 1 of Miyato et al. (2018): one step of power iteration, then W / sigma. `columns` is the axis of the outputs,
    whose vector u is kept.
    """

    def __init__(self, weight, columns):
        super().__init__()
        self.moves = False
        self.columns = columns
        self.register_buffer("u", torch.zeros(weight.shape[columns]))

    def forward(self, weight):
        matrix = weight.movedim(self.columns, 0).flatten(1)
        with torch.no_grad():
            v = F.normalize(matrix.T @ self.u, dim=0)
            u = F.normalize(matrix @ v, dim=0)
            if self.moves:
                self.u.copy_(u)
        return weight / (u @ matrix @ v)


class Equalized(nn.Module):
    """The constant of He et al., times a gain, whenever a weight is used (Karras et al., 2018)."""

    def __init__(self, weight, gain):
        super().__init__()
        self.factor = gain / weight[0].numel() ** 0.5

    def forward(self, weight):
        return weight * self.factor


def spectral(module):
    columns = 1 if isinstance(module, nn.Embedding) else 0
    parametrize.register_parametrization(module, "weight", SpectralNorm(module.weight, columns))
    return module


def equalized(module, gain=2**0.5):
    parametrize.register_parametrization(module, "weight", Equalized(module.weight, gain))
    return module


class SelfAttention(nn.Module):
    """SAGAN's, with keys and values pooled 2 by 2 as in its code; every projection is a 1 x 1 convolution."""

    def __init__(self, channels, keys=8, values=2):
        super().__init__()

        def project(inputs, outputs):
            return spectral(nn.Conv2d(inputs, outputs, 1, bias=False))

        self.theta, self.phi = project(channels, channels // keys), project(channels, channels // keys)
        self.g, self.out = project(channels, channels // values), project(channels // values, channels)
        self.gamma = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        queries = self.theta(x).flatten(2)
        keys, values = (F.max_pool2d(project(x), 2).flatten(2) for project in (self.phi, self.g))
        shares = torch.softmax(torch.einsum("ncq,nck->nqk", queries, keys), dim=-1)
        found = torch.einsum("nqk,nck->ncq", shares, values)
        return x + self.gamma * self.out(found.unflatten(2, x.shape[2:]))


class Unflatten(nn.Module):
    """Numbers in the order height, width, channels, as a map."""

    def __init__(self, height, width, channels):
        super().__init__()
        self.sizes = (height, width, channels)

    def forward(self, x):
        return x.unflatten(1, self.sizes).permute(0, 3, 1, 2)


class Flatten(nn.Module):
    """A map as numbers in the order height, width, channels."""

    def forward(self, x):
        return x.permute(0, 2, 3, 1).flatten(1)


def filtered(x, up=1, down=1, padding=(0, 0), taps=(1, 3, 3, 1)):
    """Zeros between the pixels and around them, the filter of StyleGAN2 along both axes, every `down`-th pixel."""
    batch, channels, height, width = x.shape
    spread = x.new_zeros(batch, channels, height * up, width * up)
    spread[:, :, ::up, ::up] = x
    spread = F.pad(spread, (*padding, *padding))
    line = torch.tensor(taps, dtype=x.dtype) / sum(taps) * up
    kernel = torch.outer(line, line).flip(0, 1).expand(channels, 1, -1, -1)
    return F.conv2d(spread, kernel, groups=channels)[:, :, ::down, ::down]


class ModulatedConv2d(nn.Module):
    """
    StyleGAN2's, as section 2.2 of the paper has it: every example has a kernel of its own, scaled by its style and brought
    back to length 1, and all examples are convolved at once as groups of one convolution.
    """

    def __init__(self, inputs, filters, style, kernel=3, demodulate=True, up=1):
        super().__init__()
        self.conv = equalized(nn.Conv2d(inputs, filters, kernel), gain=1)
        self.affine = equalized(nn.Linear(style, inputs), gain=1)
        self.demodulate, self.up, self.padding = demodulate, up, kernel // 2

    def forward(self, x, w):
        batch, _, height, width = x.shape
        kernels = self.conv.weight * self.affine(w)[:, None, :, None, None]
        if self.demodulate:
            kernels = kernels * kernels.square().sum(dim=(2, 3, 4), keepdim=True).add(1e-8).rsqrt()
        one = x.reshape(1, -1, height, width)
        if self.up == 1:
            y = F.conv2d(one, kernels.flatten(0, 1), padding=self.padding, groups=batch)
        else:
            turned = kernels.transpose(1, 2).flatten(0, 1)
            canvas = F.conv_transpose2d(one, turned, stride=self.up, groups=batch)
            y = self.up**2 * filtered(canvas, padding=(1, 1))
        return y.reshape(batch, -1, *y.shape[2:]) + self.conv.bias[:, None, None]
