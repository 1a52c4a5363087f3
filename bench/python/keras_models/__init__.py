"""The models with Keras layers and optimizers. Each gives its networks and one training step, to be traced."""

from .dcgan import dcgan
from .pix2pix import pix2pix
from .video import video
from .wgan_gp import wgan_gp

MODELS = {"dcgan": dcgan, "wgan_gp": wgan_gp, "pix2pix": pix2pix, "video": video}
