namespace Pilotage.Networks;

/// <summary>One stage of a <see cref="ConvolutionalEncoder"/>: a convolution, then relu or residual blocks.</summary>
/// <param name="Channels">Channels out, at least 1.</param>
/// <param name="Window">Height and width of the window, at least 1.</param>
/// <param name="Stride">Step of the window, at least 1.</param>
/// <param name="Padding">Zeros on each side, at least 0.</param>
/// <param name="ResidualBlocks">Blocks behind the convolution, at least 0.</param>
public readonly record struct ConvolutionStage(int Channels, int Window, int Stride = 1, int Padding = 0, int ResidualBlocks = 0);
