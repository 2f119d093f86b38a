using Pilotage.Tensors;

namespace Pilotage.Testing.Reference;

/// <summary>Holds a device against the reference in value and gradient, and the reference's gradient against central differences.</summary>
/// <remarks>
/// The function runs many times and must do the same each time: draw random numbers from a stream that it starts itself. Detached tensors are held
/// constant in the differences, as a gradient holds them. Several outputs are reduced to one with fixed pseudo-random weights.
/// Two numbers agree if |a - b| is at most tolerance (|b| + scale). The scale is there because a float result carries the rounding of the terms that it
/// is summed from, not of the little that is left of them after cancellation: for values it is the sum over elements of |value times derivative| at
/// the worst node (to first order, each unit of relative rounding there moves the output by that much), a mean over the outputs where there are several;
/// for gradients it is the parameter's largest gradient, which is of the size of the terms that the small ones are summed from, or
/// <see cref="MagnitudeShare"/> of the sum of an element's absolute terms where thousands of both signs cancel. Neither falls below
/// <see cref="SmallestScale"/>.
/// </remarks>
public static class Oracle
{
    /// <summary>Inputs of tests are of order 1, and terms of order 1 that cancel inside an operator, as in 1 - y², leave some units of rounding of 1: at the tolerance of 1e-5 this allows eight.</summary>
    private const double SmallestScale = 0.05;

    /// <summary>At the tolerance of 1e-5, four units of rounding of the absolute terms: more than summation by lanes and a tree needs, far less than one lost term.</summary>
    private const double MagnitudeShare = 0.025;

    /// <summary>160 units of float rounding (2^-24): what a chain of a few tens of operations adds up to; a wrong formula is off by far more.</summary>
    private const double DeviceTolerance = 1e-5;

    /// <summary>Runs all comparisons.</summary>
    /// <param name="function">Builds an output of any shape in the open step, from parameters and constants.</param>
    /// <param name="parameters">Whose gradients are compared; their float gradient buffer is overwritten.</param>
    /// <param name="tolerance">Device against reference.</param>
    /// <param name="maximumDifferences">At most about this many gradient elements are compared with central differences, evenly spread, but four of each parameter; two evaluations each; 0 for none.</param>
    /// <param name="device">The device on trial; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    /// <returns>What was compared.</returns>
    /// <exception cref="OracleException">Something disagrees.</exception>
    public static OracleReport Check(
        Func<Tensor> function, Parameters parameters, double tolerance = DeviceTolerance, int maximumDifferences = 64, Device? device = null)
    {
        var problems = new List<string>();
        var trial = Trial(function, parameters, device ?? Device.Managed, problems);
        var reference = new ReferenceDevice();
        var truth = Truth(function, parameters, reference);
        if (trial.Shape != truth.Shape) throw new OracleException([$"The device gave shape {trial.Shape}, the reference {truth.Shape}."]);

        var values = 0;
        var valueScale = Math.Max(SmallestScale, truth.Condition / Math.Max(1, truth.Values.Length));
        for (var i = 0; i < truth.Values.Length; i++, values++)
            Compare($"value {i} of {truth.Shape}", trial.Values[i], truth.Values[i], tolerance, valueScale, problems);

        var gradients = 0;
        foreach (var parameter in parameters.All)
        {
            var wanted = reference.GradientOf(parameter);
            var got = trial.Gradients.AsSpan(parameter.Offset, wanted.Length);
            var magnitudes = truth.Magnitudes.GetValueOrDefault(parameter);
            var scale = Math.Max(SmallestScale, wanted.Select(Math.Abs).DefaultIfEmpty().Max());
            for (var i = 0; i < wanted.Length; i++, gradients++)
                Compare($"gradient {i} of {parameter.Name} {parameter.Shape}", got[i], wanted[i], tolerance, Math.Max(scale, MagnitudeShare * magnitudes?[i] ?? 0), problems);
        }

        var (differences, kinks) = CentralDifferences.Check(function, parameters, reference, truth, maximumDifferences, problems);
        if (problems.Count > 0) throw new OracleException(problems);
        return new(values, gradients, differences, kinks);
    }

    /// <summary>The weight of each output in the loss of the backward pass: fixed, of both signs, not far from 1; a lone output is the loss itself.</summary>
    internal static float[] Weights(int count)
    {
        var random = new Randomness((ulong)count);
        var weights = new float[count];
        foreach (ref var weight in weights.AsSpan()) weight = count == 1 ? 1 : (float)(random.NextUniform(0.5, 1.5) * (random.NextInt(2) * 2 - 1));
        return weights;
    }

    private static (Shape Shape, float[] Values, float[] Gradients) Trial(Func<Tensor> function, Parameters parameters, Device device, List<string> problems)
    {
        using var step = Step.Begin(device);
        var output = function();
        var values = new float[output.Shape.Count];
        output.CopyTo(values);
        parameters.ClearGradients();
        Backward(output, parameters);
        var gradients = parameters.Gradients.ToArray();
        float[] padding = [.. gradients];
        foreach (var parameter in parameters.All) padding.AsSpan(parameter.Offset, parameter.Shape.Count).Clear();
        if (padding.Any(element => element != 0)) problems.Add("The padding between parameters has a gradient.");
        return (output.Shape, values, gradients);
    }

    private static ReferenceResult Truth(Func<Tensor> function, Parameters parameters, ReferenceDevice device)
    {
        using var step = Step.Begin(device);
        var output = function();
        var tape = (ReferenceTape)output.Tape;
        double[] values = [.. tape.ValuesOf(output.Slot)];
        parameters.ClearGradients();
        Backward(output, parameters);
        // Masked log-probabilities are exact constants of no use to the condition; 1e38 is next below float's smallest finite number.
        var condition = tape.Nodes.Max(node => node.Values.Select((value, i) => Math.Abs(value) < 1e38 ? Math.Abs(value * node.Adjoint[i]) : 0).DefaultIfEmpty().Sum());
        var magnitudes = tape.Leaves.GroupBy(leaf => leaf.Parameter).ToDictionary(
            group => group.Key,
            group => Enumerable.Range(0, group.Key.Shape.Count).Select(i => group.Sum(leaf => leaf.Node.Magnitude[i])).ToArray());
        return new(output.Shape, values, condition, magnitudes);
    }

    private static void Backward(Tensor output, Parameters parameters)
    {
        var extents = new int[output.Shape.Rank];
        output.Shape.CopyTo(extents);
        var loss = output.Shape.Count == 1 ? output : (output * Tensor.From(Weights(output.Shape.Count), extents)).Sum();
        loss.Tape.Backward(loss.Slot, parameters);
    }

    private static void Compare(string what, double got, double wanted, double tolerance, double scale, List<string> problems)
    {
        // Equality first: infinities agree with themselves, and their difference is not a number.
        if (got == wanted || (double.IsNaN(got) && double.IsNaN(wanted))) return;
        if (!(Math.Abs(got - wanted) <= tolerance * (Math.Abs(wanted) + scale)))
            problems.Add($"{what}: {got:G9}, the reference has {wanted:G9}; allowed is a difference of {tolerance * (Math.Abs(wanted) + scale):G3}.");
    }
}
