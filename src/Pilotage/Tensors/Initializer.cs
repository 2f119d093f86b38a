namespace Pilotage.Tensors;

/// <summary>How a parameter is filled before training.</summary>
public abstract record Initializer
{
    private Initializer() { }

    internal abstract void Fill(Span<float> values, Shape shape, ref Randomness random);

    /// <summary>Every element the same.</summary>
    /// <param name="Value">Finite.</param>
    public sealed record Constant(float Value) : Initializer
    {
        internal override void Fill(Span<float> values, Shape shape, ref Randomness random) => values.Fill(Value);
    }

    /// <summary>Independent normal numbers with mean 0.</summary>
    /// <param name="StandardDeviation">At least 0.</param>
    public sealed record Normal(double StandardDeviation) : Initializer
    {
        internal override void Fill(Span<float> values, Shape shape, ref Randomness random)
        {
            foreach (ref var value in values) value = (float)(StandardDeviation * random.NextNormal());
        }
    }

    /// <summary>Independent uniform numbers in (-Bound, Bound).</summary>
    /// <param name="Bound">At least 0.</param>
    public sealed record Uniform(double Bound) : Initializer
    {
        internal override void Fill(Span<float> values, Shape shape, ref Randomness random)
        {
            foreach (ref var value in values) value = (float)random.NextUniform(-Bound, Bound);
        }
    }

    /// <summary>Uniform in ±1/sqrt(inputs): what the widely used libraries give linear layers by default. Inputs is the first extent.</summary>
    public sealed record FanIn : Initializer
    {
        internal override void Fill(Span<float> values, Shape shape, ref Randomness random) =>
            new Uniform(1 / Math.Sqrt(Math.Max(1, shape[0]))).Fill(values, shape, ref random);
    }

    /// <summary>Independent normal numbers of variance 1/inputs: what self-normalising layers need. Inputs is the extent before the last one.</summary>
    /// <remarks>LeCun et al., "Efficient BackProp", 1998, eq. 16; called Kaiming normal with fan-in and linear gain in the widely used libraries.</remarks>
    public sealed record FanInNormal : Initializer
    {
        internal override void Fill(Span<float> values, Shape shape, ref Randomness random) =>
            new Normal(1 / Math.Sqrt(Math.Max(1, shape.Rank == 1 ? shape[0] : shape[-2]))).Fill(values, shape, ref random);
    }

    /// <summary>A random matrix with orthonormal rows or columns, whichever are fewer, times a gain.</summary>
    /// <param name="Gain">sqrt(2) before relu or tanh hidden layers, 0.01 for a policy's last layer, 1 for a value's.</param>
    /// <remarks>Saxe et al., arXiv:1312.6120: Gram-Schmidt on normal vectors, each made orthogonal twice for accuracy.</remarks>
    public sealed record Orthogonal(double Gain) : Initializer
    {
        internal override void Fill(Span<float> values, Shape shape, ref Randomness random)
        {
            var (rows, columns) = shape.Rank == 1 ? (1, shape[0]) : (shape.Count / Math.Max(1, shape[-1]), shape[-1]);
            var (few, many) = rows <= columns ? (rows, columns) : (columns, rows);
            var basis = new double[few][];
            for (var i = 0; i < few; i++)
            {
                var vector = new double[many];
                foreach (ref var element in vector.AsSpan()) element = random.NextNormal();
                for (var pass = 0; pass < 2; pass++)
                    for (var j = 0; j < i; j++)
                    {
                        var dot = 0.0;
                        for (var k = 0; k < many; k++) dot += vector[k] * basis[j][k];
                        for (var k = 0; k < many; k++) vector[k] -= dot * basis[j][k];
                    }
                var norm = 0.0;
                foreach (var element in vector) norm += element * element;
                norm = Math.Sqrt(norm);
                foreach (ref var element in vector.AsSpan()) element /= norm;
                basis[i] = vector;
            }
            for (var r = 0; r < rows; r++)
                for (var c = 0; c < columns; c++)
                    values[r * columns + c] = (float)(Gain * (rows <= columns ? basis[r][c] : basis[c][r]));
        }
    }
}
