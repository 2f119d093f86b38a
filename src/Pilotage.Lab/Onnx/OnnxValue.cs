namespace Pilotage.Lab.Onnx;

/// <summary>A value of a graph that is being built, by its name.</summary>
internal readonly record struct OnnxValue(string Name);
