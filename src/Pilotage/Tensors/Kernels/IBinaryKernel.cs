using System.Runtime.Intrinsics;

namespace Pilotage.Tensors.Kernels;

/// <summary>One elementwise function of two tensors, with the gradients of both.</summary>
internal interface IBinaryKernel
{
    static abstract Vector512<float> Value(Vector512<float> left, Vector512<float> right);

    /// <summary>What <see cref="Left"/> reads of the operands.</summary>
    static abstract Reads LeftReads { get; }

    /// <summary>What <see cref="Right"/> reads of the operands.</summary>
    static abstract Reads RightReads { get; }

    static abstract Vector512<float> Left(Vector512<float> left, Vector512<float> right, Vector512<float> g);

    static abstract Vector512<float> Right(Vector512<float> left, Vector512<float> right, Vector512<float> g);
}
