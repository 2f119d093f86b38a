using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Pilotage.Torch;

namespace Pilotage.Tests;

/// <summary>The oracle of the shared test bodies, here with libtorch on trial: in float32 with the oracle's own tolerance, in float64 to nine digits.</summary>
/// <remarks>Central differences try the reference and not the device; the managed suite takes them.</remarks>
internal static class Oracle
{
    /// <summary>The slope of digamma is the least accurate of libtorch's functions, with nine to ten digits; all others agree to eleven.</summary>
    private const double DoubleTolerance = 5e-10;

    public static OracleReport Check(Func<Tensor> function, Parameters parameters, double tolerance = 1e-5, int maximumDifferences = 0)
    {
        _ = maximumDifferences;
        CheckDouble(function, parameters);
        return Pilotage.Testing.Reference.Oracle.Check(function, parameters, tolerance, maximumDifferences: 0, TorchDevices.Find("torch"));
    }

    private static void CheckDouble(Func<Tensor> function, Parameters parameters)
    {
        var gradients = parameters.All.ToDictionary(parameter => parameter, parameter => new double[parameter.Shape.Count]);
        var device = TorchDevices.Double((parameter, gradient) =>
        {
            for (var i = 0; i < gradient.Length; i++) gradients[parameter][i] += gradient.Span[i];
        });
        var reference = new ReferenceDevice();
        var values = Run(function, parameters, device, output =>
        {
            var copied = new double[output.Shape.Count];
            HostCopy.ToDoubles(((TorchTape)output.Tape).Value(output.Slot), copied);
            return copied;
        });
        var wanted = Run(function, parameters, reference, output => [.. ((ReferenceTape)output.Tape).ValuesOf(output.Slot)]);

        var problems = new List<string>();
        Compare("value", values, wanted, problems);
        foreach (var parameter in parameters.All) Compare($"gradient of {parameter.Name}", gradients[parameter], reference.GradientOf(parameter), problems);
        if (problems.Count > 0) throw new OracleException(problems);
    }

    private static double[] Run(Func<Tensor> function, Parameters parameters, Device device, Func<Tensor, double[]> read)
    {
        using var step = Step.Begin(device);
        var output = function();
        var extents = new int[output.Shape.Rank];
        output.Shape.CopyTo(extents);
        var loss = output.Shape.Count == 1 ? output : (output * Tensor.From(Pilotage.Testing.Reference.Oracle.Weights(output.Shape.Count), extents)).Sum();
        parameters.ClearGradients();
        loss.Tape.Backward(loss.Slot, parameters);
        return read(output);
    }

    private static void Compare(string what, double[] got, double[] wanted, List<string> problems)
    {
        if (got.Length != wanted.Length)
        {
            problems.Add($"{what}: {got.Length} elements in float64, the reference has {wanted.Length}.");
            return;
        }
        // Relative to the largest element that is not a masked log-probability: small ones are what is left of terms of that size.
        var scale = wanted.Select(Math.Abs).Where(size => size < 1e30).DefaultIfEmpty().Max() + 1;
        for (var i = 0; i < got.Length; i++)
            if (got[i] != wanted[i] && !(double.IsNaN(got[i]) && double.IsNaN(wanted[i])) && !(Math.Abs(got[i] - wanted[i]) <= DoubleTolerance * (Math.Abs(wanted[i]) + scale)))
                problems.Add($"{what} {i}: {got[i]:G17} in float64, the reference has {wanted[i]:G17}.");
    }
}
