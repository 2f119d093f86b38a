using Pilotage.Tensors;

namespace Pilotage.Testing.Reference;

/// <summary>One result on the reference tape: its values, the derivative of the loss by them, and how that derivative goes back to the inputs.</summary>
internal sealed class ReferenceNode(string name, Shape shape, double[] values, Action<double[]>? backward)
{
    public string Name => name;

    public Shape Shape => shape;

    public double[] Values => values;

    public double[] Adjoint { get; } = new double[values.Length];

    public void Backward() => backward?.Invoke(Adjoint);

    /// <summary>Sum of the absolute values of the terms of each adjoint: what a float sum's rounding is relative to.</summary>
    public double[] Magnitude { get; } = new double[values.Length];

    public void Accumulate(int index, double amount)
    {
        Adjoint[index] += amount;
        Magnitude[index] += Math.Abs(amount);
    }

    public void Clear()
    {
        Array.Clear(Adjoint);
        Array.Clear(Magnitude);
    }
}
