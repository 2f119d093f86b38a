using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Tensors;

/// <summary>The backends that every documented behaviour is held on, by name; and a gradient read off in one call.</summary>
internal static class Backends
{
    public static TheoryData<string> Names => ["cpu", "reference"];

    public static Device Open(string name) => name == "cpu" ? Device.Managed : new ReferenceDevice();

    /// <summary>The gradient of the sum of a function's outputs by its one input.</summary>
    public static float[] GradientOfSum(string backend, float[] x, Func<Tensor, Tensor> function) => GradientOfSum(backend, x, new Shape(x.Length), function);

    /// <summary>The gradient of the sum of a function's outputs by its one input of a shape.</summary>
    public static float[] GradientOfSum(string backend, float[] x, Shape shape, Func<Tensor, Tensor> function)
    {
        var inputs = new OracleInputs(0, 0, 0, shape);
        x.CopyTo(inputs.Parameters.All[0].Values);
        using var step = Step.Begin(Open(backend));
        Backward(function(inputs[0]).Sum(), inputs.Parameters);
        return inputs.Parameters.All[0].Gradient.ToArray();
    }

    public static void Backward(Tensor loss, Parameters parameters) => loss.Tape.Backward(loss.Slot, parameters);

    /// <summary>A function's outputs for one constant input.</summary>
    public static float[] Values(string backend, float[] x, Func<Tensor, Tensor> function)
    {
        using var step = Step.Begin(Open(backend), Gradient.None);
        return Values(function(Tensor.From(x, x.Length)));
    }

    public static float[] Values(Tensor tensor)
    {
        var values = new float[tensor.Shape.Count];
        tensor.CopyTo(values);
        return values;
    }
}
