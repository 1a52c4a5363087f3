"""One file per spec of `test/parity`, named after it."""

from .dcgan import dcgan
from .pix2pix import pix2pix
from .sagan import sagan
from .stylegan2 import stylegan2
from .wgan_gp import wgan_gp

MODELS = {"dcgan": dcgan, "wgan-gp": wgan_gp, "sagan": sagan, "stylegan2": stylegan2, "pix2pix": pix2pix}
"""Each is called with a source of random numbers, and gives a game."""
