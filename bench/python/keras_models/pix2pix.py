"""pix2pix: a U-Net, a discriminator of patches, L1."""

import keras
import tensorflow as tf
from keras import layers

from .training import adam, bce, minimize


def conv(filters, **options):
    return layers.Conv2D(filters, 4, strides=2, padding="same", **options)


def down(x, filters, norm=True):
    x = conv(filters, use_bias=False)(layers.LeakyReLU(0.2)(x))
    return layers.BatchNormalization()(x) if norm else x


def up(x, filters, drop=False):
    x = layers.Conv2DTranspose(filters, 4, strides=2, padding="same", use_bias=False)(layers.ReLU()(x))
    x = layers.BatchNormalization()(x)
    return layers.Dropout(0.5)(x) if drop else x


def patch_conv(x, filters, **options):
    return layers.Conv2D(filters, 4, **options)(layers.ZeroPadding2D(1)(layers.LeakyReLU(0.2)(x)))


def unet():
    sketch = keras.Input([256, 256, 3])
    skips = [conv(64, use_bias=False)(sketch)]
    for filters in [128, 256, 512, 512, 512, 512]:
        skips.append(down(skips[-1], filters))
    x = down(skips[-1], 512, norm=False)
    for at, filters in enumerate([512, 512, 512, 512, 256, 128, 64]):
        x = layers.Concatenate()([up(x, filters, drop=1 <= at <= 3), skips.pop()])
    x = layers.Conv2DTranspose(3, 4, strides=2, padding="same", activation="tanh")(layers.ReLU()(x))
    return keras.Model(sketch, x)


def patches():
    sketch, photo = keras.Input([256, 256, 3]), keras.Input([256, 256, 3])
    x = conv(64)(layers.Concatenate()([sketch, photo]))
    x = down(down(x, 128), 256)
    x = layers.BatchNormalization()(patch_conv(x, 512, use_bias=False))
    return keras.Model([sketch, photo], patch_conv(x, 1))


def pix2pix(batch=1):
    G, D = unet(), patches()
    optimizers = {"D": adam(D, 2e-4, 0.5), "G": adam(G, 2e-4, 0.5)}
    sketch, real = (tf.random.uniform([batch, 256, 256, 3], -1, 1) for _ in range(2))

    def judge(photo, target):
        return bce(D([sketch, photo], training=True), target)

    def loss_of_G():
        fake = G(sketch, training=True)
        return judge(fake, 1) + 100 * tf.reduce_mean(tf.abs(fake - real))

    def step():
        fake = G(sketch, training=True)
        minimize(lambda: 0.5 * (judge(real, 1) + judge(fake, 0)), D, optimizers["D"])
        return minimize(loss_of_G, G, optimizers["G"])

    return [G, D], step
