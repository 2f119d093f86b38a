using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Pilotage.Tests.Tensors;
using Xunit;

namespace Pilotage.Tests.Networks;

/// <summary>A network under test: its parameters beside inputs that have gradients too, all moved away from their zeros and ones.</summary>
internal sealed class NetworkCase
{
    private Randomness _random = new(77);

    public Parameters Parameters { get; } = new();

    public ref Randomness Random => ref _random;

    public Parameter Input(string name, params ReadOnlySpan<int> shape) => Parameters.Add(name, new(shape), new Initializer.Uniform(1), ref _random);

    /// <summary>Adds noise to every parameter: a weight that begins at zero would hide what is behind it.</summary>
    public void Disturb()
    {
        foreach (var parameter in Parameters.All)
            foreach (ref var value in parameter.Values) value += (float)_random.NextUniform(-0.3, 0.3);
    }

    public void Check(Func<Tensor> function, int maximumDifferences = 64)
    {
        Disturb();
        Oracle.Check(function, Parameters, maximumDifferences: maximumDifferences);
    }

    /// <summary>Values of a function in a step of its own.</summary>
    public static float[] Values(Func<Tensor> function)
    {
        using var step = Step.Begin(gradient: Gradient.None);
        return Backends.Values(function());
    }

    /// <summary>The gradient of a function's sum by one input.</summary>
    public float[] GradientOf(Parameter input, Func<Tensor> function)
    {
        using var step = Step.Begin();
        Parameters.ClearGradients();
        Backends.Backward(function().Sum(), Parameters);
        return input.Gradient.ToArray();
    }

    public static void AssertMoments(ReadOnlySpan<float> values, double mean, double deviation)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var value in values) (sum, squares) = (sum + value, squares + (value - mean) * (value - mean));
        // Four standard errors.
        Assert.Equal(mean, sum / values.Length, 4 * deviation / Math.Sqrt(values.Length));
        Assert.Equal(deviation, Math.Sqrt(squares / values.Length), 4 * deviation / Math.Sqrt(2.0 * values.Length));
    }
}
