"""The class-conditional WGAN-GP with residual blocks: one critic update, one generator update."""

import keras
import tensorflow as tf
from keras import layers

from .training import adam, minimize


def conv(filters, kernel, **options):
    return layers.Conv2D(filters, kernel, padding="same", **options)


def res_up(x, ch):
    skip = conv(ch, 1)(layers.UpSampling2D(2)(x))
    main = layers.UpSampling2D(2)(layers.ReLU()(layers.BatchNormalization()(x)))
    main = layers.ReLU()(layers.BatchNormalization()(conv(ch, 3)(main)))
    return conv(ch, 3)(main) + skip


def res_down(x, ch):
    skip = conv(ch, 1)(layers.AveragePooling2D(2)(x))
    main = conv(ch, 3)(layers.ReLU()(conv(ch, 3)(layers.ReLU()(x))))
    return layers.AveragePooling2D(2)(main) + skip


def res(x, ch):
    return x + conv(ch, 3)(layers.ReLU()(conv(ch, 3)(layers.ReLU()(x))))


def generator(ch, z_size, classes):
    z, y = keras.Input([z_size]), keras.Input([], dtype="int32")
    x = layers.Concatenate()([z, layers.Embedding(classes, ch)(y)])
    x = layers.Reshape([4, 4, ch])(layers.Dense(4 * 4 * ch)(x))
    for _ in range(3):
        x = res_up(x, ch)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    return keras.Model([z, y], conv(3, 3, activation="tanh")(x))


def critic(ch, classes):
    x, y = keras.Input([32, 32, 3]), keras.Input([], dtype="int32")
    h = res(res(res_down(res_down(x, ch), ch), ch), ch)
    h = layers.GlobalAveragePooling2D()(layers.ReLU()(h))
    return keras.Model([x, y], layers.Dense(1)(h) + layers.Dot(1)([h, layers.Embedding(classes, ch)(y)]))


def gradient_penalty(D, real, fake, y):
    at = tf.random.uniform([len(real), 1, 1, 1])
    mix = real + at * (fake - real)
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(mix)
        score = D([mix, y], training=True)
    slope = tf.sqrt(tf.reduce_sum(tf.square(tape.gradient(score, mix)), [1, 2, 3]))
    return tf.reduce_mean(tf.square(slope - 1))


def wgan_gp(batch=64, ch=128, z_size=128, classes=10):
    G, D = generator(ch, z_size, classes), critic(ch, classes)
    optimizers = {
        "D": adam(D, 2e-4, 0.0, 0.9),
        "G": adam(G, 2e-4, 0.0, 0.9, use_ema=True, ema_momentum=0.999),
    }
    real = tf.random.uniform([batch, 32, 32, 3], -1, 1)
    y = tf.random.uniform([batch], maxval=classes, dtype=tf.int32)

    def generate():
        return G([tf.random.normal([batch, z_size]), y], training=True)

    def judge(x):
        return tf.reduce_mean(D([x, y], training=True))

    def step():
        fake = generate()
        minimize(
            lambda: judge(fake) - judge(real) + 10 * gradient_penalty(D, real, fake, y), D, optimizers["D"]
        )
        return minimize(lambda: -judge(generate()), G, optimizers["G"])

    return [G, D], step
