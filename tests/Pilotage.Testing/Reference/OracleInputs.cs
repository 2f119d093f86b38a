using Pilotage.Tensors;

namespace Pilotage.Testing.Reference;

/// <summary>Parameters as inputs of a function under test: uniform numbers of given shapes, reproducible from a key.</summary>
public sealed class OracleInputs
{
    /// <summary>Draws the inputs.</summary>
    /// <param name="key">Equal keys give equal numbers.</param>
    /// <param name="low">Lower end; keep it above 0 for logarithms, roots and divisors.</param>
    /// <param name="high">Upper end.</param>
    /// <param name="shapes">One parameter for each.</param>
    public OracleInputs(ulong key, double low, double high, params ReadOnlySpan<Shape> shapes)
    {
        var random = new Randomness(key);
        for (var i = 0; i < shapes.Length; i++)
        {
            var parameter = Parameters.Add($"input{i}", shapes[i], new Initializer.Constant(0), ref random);
            foreach (ref var value in parameter.Values) value = (float)random.NextUniform(low, high);
        }
    }

    /// <summary>Inputs in (-2, 2): both signs, all activations past their bends, no overflow.</summary>
    /// <param name="key">Equal keys give equal numbers.</param>
    /// <param name="shapes">One parameter for each.</param>
    public OracleInputs(ulong key, params ReadOnlySpan<Shape> shapes) : this(key, -2, 2, shapes) { }

    /// <summary>The parameters behind the inputs.</summary>
    public Parameters Parameters { get; } = new();

    /// <summary>An input as a tensor of the open step.</summary>
    /// <param name="index">Its place among the shapes.</param>
    /// <returns>The tensor, with gradient.</returns>
    public Tensor this[int index] => Tensor.Of(Parameters.All[index]);
}
