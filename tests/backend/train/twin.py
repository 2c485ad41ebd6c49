# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""The same trainings in PyTorch, written from the papers: what ours is held against.

Everything is float64 here.  A network is a function of a dictionary of weights, whose names are
those of the Chainer snapshots.
"""

import torch
from torch.nn import functional as F

LEAK, EPSILON, DECAY = 0.2, 2e-5, 0.9


class Network:
    """Weights, the vectors of their spectral norms, and running statistics."""

    epsilon = EPSILON

    def __init__(self, arrays):
        arrays = {key: torch.tensor(value, dtype=torch.float64) for key, value in arrays.items()}
        buffers = ("/u", "/avg_mean", "/avg_var", "/N")
        self.buffers = {k: v for k, v in arrays.items() if k.endswith(buffers)}
        self.weights = {k: v.requires_grad_() for k, v in arrays.items() if k not in self.buffers}
        self.moments = {k: (torch.zeros_like(v), torch.zeros_like(v)) for k, v in self.weights.items()}
        self.advance = self.track = False
        self.steps, self.normed = 0, {}

    def begin(self, advance, track, own=False):
        """Weights are normed once an update; with own, batch norms go by what they have gathered."""
        self.advance, self.track, self.own, self.normed = advance, track, own, {}

    def weight(self, layer, spectral=False):
        if not spectral:
            return self.weights[layer + "/W"]
        if layer not in self.normed:
            self.normed[layer] = self._norm(layer)
        return self.normed[layer]

    def _norm(self, layer):
        weight, u = self.weights[layer + "/W"], self.buffers[layer + "/u"]
        with torch.no_grad():
            matrix = weight.reshape(len(weight), -1)
            v = u[0] @ matrix
            v = v / (v.norm() + 1e-12)
            left = matrix @ v
            left = left / (left.norm() + 1e-12)
            if self.advance:
                u[0] = left
        return weight / (left @ weight.reshape(len(weight), -1) @ v)

    def bias(self, layer):
        return self.weights.get(layer + "/b")

    def conv(self, layer, x, stride=1, spectral=False):
        weight = self.weight(layer, spectral)
        return F.conv2d(x, weight, self.bias(layer), stride, int(weight.shape[-1] > 1))

    def deconv(self, layer, x, stride, spectral=False):
        return F.conv_transpose2d(x, self.weight(layer, spectral), self.bias(layer), stride, 1)

    def linear(self, layer, x, spectral=False):
        return F.linear(x.flatten(1), self.weight(layer, spectral), self.bias(layer))

    def norm(self, layer, x, y=None):
        """Batch norm by the batch's statistics; conditional with labels."""
        axes = [0] + list(range(2, x.dim()))
        shape = [1, -1] + [1] * (x.dim() - 2)
        mean, variance = x.mean(axes), x.var(axes, unbiased=False)
        if self.own:
            mean, variance = (self.buffers[f"{layer}/avg_{name}"] for name in ("mean", "var"))
        if self.track:
            n = x.numel() / x.shape[1]
            for key, value in ("avg_mean", mean), ("avg_var", variance * n / (n - 1)):
                running = self.buffers[f"{layer}/{key}"]
                running.mul_(DECAY).add_((1 - DECAY) * value.detach())
        x = (x - mean.view(shape)) / (variance.view(shape) + self.epsilon).sqrt()
        if layer + "/gamma" in self.weights:
            return x * self.weights[layer + "/gamma"].view(shape) + self.weights[layer + "/beta"].view(shape)
        rows = [self.weights[f"{layer}/{name}/W"][y].view(len(y), -1, 1, 1) for name in ("gammas", "betas")]
        return x * rows[0] + rows[1]

    def attention(self, x):
        query, key, value = (
            self.conv(f"sa1/{name}_conv", x, spectral=True).flatten(2) for name in ("query", "key", "value")
        )
        weights = torch.einsum("bci,bcj->bij", query, key).softmax(2)
        mixed = torch.einsum("bcj,bij->bci", value, weights)
        return x + self.weights["sa1/gamma"] * mixed.view_as(x)

    def step(self, objective, rate, beta1=0.0, beta2=0.9, prefix=""):
        """Adam as Chainer has it, of the weights whose names begin so."""
        self.steps += 1
        weights = {key: weight for key, weight in self.weights.items() if key.startswith(prefix)}
        gradients = torch.autograd.grad(objective, list(weights.values()))
        scale = rate * (1 - beta2**self.steps) ** 0.5 / (1 - beta1**self.steps)
        with torch.no_grad():
            for (key, weight), gradient in zip(weights.items(), gradients):
                first, second = self.moments[key]
                first.mul_(beta1).add_((1 - beta1) * gradient)
                second.mul_(beta2).add_((1 - beta2) * gradient**2)
                weight -= scale * first / (second.sqrt() + 1e-8)


def up(x):
    return x.repeat_interleave(2, 2).repeat_interleave(2, 3)


def mlp_generator(net, z, y):
    for layer in "l0", "l1", "l2":
        z = F.leaky_relu(net.linear(layer, z), LEAK)
    return net.linear("l4", z)[:, :, None, None]


def mlp_discriminator(net, x, y):
    for layer in "l1", "l2", "l3":
        x = F.leaky_relu(net.linear(layer, x), LEAK)
    return net.linear("l4", x)


def sngan_generator(net, z, y):
    x = net.linear("l1", z)
    x = x.view(len(z), -1, 4, 4)
    for block in "block2", "block3", "block4":
        h = net.conv(block + "/c1", up(torch.relu(net.norm(block + "/b1", x, y))))
        h = net.conv(block + "/c2", torch.relu(net.norm(block + "/b2", h, y)))
        x = h + net.conv(block + "/c_sc", up(x))
    x = torch.tanh(net.conv("c5", torch.relu(net.norm("b5", x))))
    if "retouch/c1/W" in net.weights:
        net.painted = x.detach()
        x = (x + net.conv("retouch/c2", torch.relu(net.conv("retouch/c1", x)))).clamp(-1, 1)
    return x


def sngan_discriminator(net, x, y):
    h = net.conv("block1/c2", torch.relu(net.conv("block1/c1", x, spectral=True)), spectral=True)
    x = F.avg_pool2d(h, 2) + net.conv("block1/c_sc", F.avg_pool2d(x, 2), spectral=True)
    for block in "block2", "block3", "block4":
        h = net.conv(block + "/c1", torch.relu(x), spectral=True)
        h = net.conv(block + "/c2", torch.relu(h), spectral=True)
        if block == "block2":
            h = F.avg_pool2d(h, 2)
            x = F.avg_pool2d(net.conv(block + "/c_sc", x, spectral=True), 2)
        x = x + h
    h = torch.relu(x).sum([2, 3])
    score = net.linear("l5", h, spectral=True)[:, 0]
    return score + (net.weight("l_y", spectral=True)[y] * h).sum(1)


def dcgan_generator(net, z, y):
    x = torch.relu(net.norm("bn0", net.linear("l0", z, spectral=True)))
    x = x.view(len(z), -1, 4, 4)
    for number in 1, 2, 3:
        if number == 3:
            x = net.attention(x)
        x = torch.relu(net.norm(f"bn{number}", net.deconv(f"dc{number}", x, 2, spectral=True)))
    return torch.tanh(net.deconv("dc4", x, 1, spectral=True))


def dcgan_discriminator(net, x, y):
    for number, layer in enumerate(("c0_0", "c0_1", "c1_0", "c1_1", "c2_0", "c2_1", "c3_0")):
        stride = 2 if layer in ("c0_1", "c1_1", "c2_1") else 1
        x = F.leaky_relu(net.conv(layer, x, stride, spectral=True), LEAK)
        if number == 1:
            x = net.attention(x)
    return net.linear("l4", x, spectral=True)


NETWORKS = {
    "mlp": (mlp_generator, mlp_discriminator),
    "sngan-projection": (sngan_generator, sngan_discriminator),
    "sn-dcgan": (dcgan_generator, dcgan_discriminator),
}


def color(x, numbers):
    brightness, saturation, contrast = (numbers[:, i].view(-1, 1, 1, 1) for i in range(3))
    x = x + brightness - 0.5
    gray = x.mean(1, keepdim=True)
    x = gray + (x - gray) * 2 * saturation
    level = x.mean([1, 2, 3], keepdim=True)
    return level + (x - level) * (contrast + 0.5)


def translation(x, numbers):
    """One picture after the other."""
    result, size = torch.zeros_like(x), x.shape[2]
    most = int(size / 8 + 0.5)
    for i, row in enumerate(numbers):
        down, across = (int(row[j] * (2 * most + 1)) - most for j in (3, 4))
        moved = F.pad(x[i], (most, most, most, most))
        result[i] = moved[:, most + down : most + down + size, most + across : most + across + size]
    return result


def cutout(x, numbers):
    mask, size = torch.ones_like(x), x.shape[2]
    hole = int(size / 2 + 0.5)
    for i, row in enumerate(numbers):
        top, left = (int(row[j] * (size + 1 - hole % 2)) - hole // 2 for j in (5, 6))
        mask[i, :, max(top, 0) : top + hole, max(left, 0) : left + hole] = 0
    return x * mask


def change(x, numbers, which):
    for bit, func in enumerate((color, translation, cutout)):
        if which >> bit & 1:
            x = func(x, numbers)
    return x


def d_loss(loss, real, fake):
    if loss == "logistic":
        return torch.log1p(torch.exp(-real)).mean() + torch.log1p(torch.exp(fake)).mean()
    if loss == "hinge":
        return (1 - real).clamp(min=0).mean() + (1 + fake).clamp(min=0).mean()
    return fake.mean() - real.mean()


def g_loss(loss, fake):
    return torch.log1p(torch.exp(-fake)).mean() if loss == "logistic" else -fake.mean()


def train(architecture, loss, penalty, which, generator, discriminator, batches):
    """Yields what figures.txt has a line of for each step."""
    run_g, run_d = NETWORKS[architecture]
    g, d = Network(generator), Network(discriminator)
    average = {k: v.detach().clone() for k, v in g.weights.items()}
    lines = []
    for i in range(len(batches["latents"])):
        b = {k: torch.tensor(v[i]) for k, v in batches.items()}
        b = {k: v.long() if "labels" in k else v.double() for k, v in b.items()}
        y, fake_y = b.get("labels"), b.get("fake_labels")
        g.begin(False, False)
        d.begin(True, False)
        fake = change(run_g(g, b["latents"], fake_y).detach(), b["fake_numbers"], which)
        real = change(b["images"], b["real_numbers"], which)
        scores = run_d(d, real, y), run_d(d, fake, fake_y)
        objective, cost = d_loss(loss, *scores), 0.0
        line = [objective.item()]
        if penalty:
            part = b["mixing"].view(-1, 1, 1, 1)
            x = (part * real + (1 - part) * fake).requires_grad_()
            (slope,) = torch.autograd.grad(run_d(d, x, y).sum(), x, create_graph=True)
            cost = penalty * ((slope.flatten(1).pow(2).sum(1).sqrt() - 1) ** 2).mean()
            objective = objective + cost
        line += [float(cost), scores[0].mean().item(), scores[1].mean().item()]
        d.step(objective, 4e-4)
        g.begin(True, True)
        d.begin(False, False)
        images = change(run_g(g, b["generator_latents"], fake_y), b["fake_numbers"], which)
        objective = g_loss(loss, run_d(d, images, fake_y))
        g.step(objective, 2e-4)
        for key, value in g.weights.items():
            average[key] += 0.1 * (value.detach() - average[key])
        lines.append(line + [objective.item()])
    state = {}
    for name, net in ("generator", g), ("discriminator", d):
        for key, value in list(net.weights.items()) + list(net.buffers.items()):
            state[f"{name}/{key}"] = value.detach().numpy()
    state.update({f"average/{k}": v.numpy() for k, v in average.items()})
    return lines, state
