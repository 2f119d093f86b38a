using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Pilotage.Torch;
using Xunit;

namespace Pilotage.Tests;

/// <summary>This project's backends in the shared test bodies. Its namespace stands above theirs, so they find it before their own.</summary>
internal static class Backends
{
    public static TheoryData<string> Names => ["torch", "torch64"];

    public static Device Open(string name) => name == "torch" ? TorchDevices.Find(name)! : TorchDevices.Double();

    public static float[] GradientOfSum(string backend, float[] x, Func<Tensor, Tensor> function) => GradientOfSum(backend, x, new Shape(x.Length), function);

    public static float[] GradientOfSum(string backend, float[] x, Shape shape, Func<Tensor, Tensor> function)
    {
        var inputs = new OracleInputs(0, 0, 0, shape);
        x.CopyTo(inputs.Parameters.All[0].Values);
        using var step = Step.Begin(Open(backend));
        Backward(function(inputs[0]).Sum(), inputs.Parameters);
        return inputs.Parameters.All[0].Gradient.ToArray();
    }

    public static void Backward(Tensor loss, Parameters parameters) => loss.Tape.Backward(loss.Slot, parameters);

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
