using System.Runtime.Intrinsics;

namespace Pilotage.Tensors.Kernels;

/// <summary>One elementwise function of one tensor and two numbers, with its gradient.</summary>
internal interface IUnaryKernel
{
    static abstract Vector512<float> Value(Vector512<float> x, Vector512<float> a, Vector512<float> b);

    /// <summary>What <see cref="Gradient"/> reads of the input (first) and the result (second).</summary>
    static abstract Reads GradientReads { get; }

    /// <summary>The gradient of the input, from the input, the result and the result's gradient.</summary>
    static abstract Vector512<float> Gradient(Vector512<float> x, Vector512<float> y, Vector512<float> g, Vector512<float> a, Vector512<float> b);
}
