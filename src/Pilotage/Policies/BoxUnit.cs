using Pilotage.Environments;

namespace Pilotage.Policies;

/// <summary>The unit in which actors of a box work: half the box's width around its centre, so that the box is [-1, 1] in every dimension.</summary>
/// <param name="box">In the environment's unit.</param>
internal sealed class BoxUnit(ActionSpace.Box box)
{
    private readonly float[] _centres = [.. box.Low.Zip(box.High, (low, high) => (low + high) / 2)];
    private readonly float[] _halves = [.. box.Low.Zip(box.High, (low, high) => (high - low) / 2)];

    /// <summary>Numbers per action.</summary>
    public int Dimensions => _centres.Length;

    /// <summary>From this unit to the environment's.</summary>
    /// <param name="values">[rows, dimensions], changed in place; what lies outside the box comes to lie on its edge.</param>
    public void ToBox(Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var k = i % Dimensions;
            values[i] = Math.Clamp(_centres[k] + values[i] * _halves[k], box.Low[k], box.High[k]);   // rounding alone could leave the box
        }
    }

    /// <summary>From the environment's unit to this one.</summary>
    /// <param name="values">[rows, dimensions].</param>
    /// <param name="unit">Receives numbers in [-1, 1], [rows, dimensions]. A box outside is outside here too.</param>
    public void ToUnit(ReadOnlySpan<float> values, Span<float> unit)
    {
        for (var i = 0; i < values.Length; i++) unit[i] = (values[i] - _centres[i % Dimensions]) / _halves[i % Dimensions];
    }

    /// <summary>Draws actions uniformly.</summary>
    /// <param name="values">Receives them in the environment's unit, [rows, dimensions].</param>
    /// <param name="random">The stream to draw from.</param>
    public void Scatter(Span<float> values, ref Randomness random)
    {
        foreach (ref var value in values) value = (float)random.NextUniform(-1, 1);
        ToBox(values);
    }
}
