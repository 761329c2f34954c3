"""The pooled estimate: inputs, model, replays that score it, and the curve with its checks."""
