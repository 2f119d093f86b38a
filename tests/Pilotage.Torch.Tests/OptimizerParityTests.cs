using Pilotage.Tensors;
using Xunit;
using static TorchSharp.torch;

namespace Pilotage.Torch.Tests;

/// <summary>Our optimisers beside those of TorchSharp, on the same gradients for a hundred updates.</summary>
/// <remarks>Theirs in float64: in float32 their decoupled decay multiplies by 1 minus it, rounded, which alone is off by more than the tolerance after a hundred updates.</remarks>
public sealed class OptimizerParityTests
{
    private const int Count = 37;

    [Theory]
    [InlineData("adam")]
    [InlineData("adam, epsilon 1e-5")]
    [InlineData("adamw")]
    [InlineData("rmsprop, epsilon 1e-5")]
    [InlineData("sgd")]
    [InlineData("sgd, momentum 0.9")]
    public void Optimizer_OverAHundredUpdates_EqualsTorchs(string kind)
    {
        var random = new Randomness(6);
        var parameters = new Parameters();
        var x = parameters.Add("x", new(Count), new Initializer.Normal(1), ref random);
        using var scope = NewDisposeScope();
        var theirs = new TorchSharp.Modules.Parameter(tensor(x.Values.ToArray(), ScalarType.Float64));
        using var optimizer = Theirs(kind, theirs);
        var ours = Ours(kind, parameters);
        for (var update = 0; update < 100; update++)
        {
            var gradient = new float[Count];
            foreach (ref var element in gradient.AsSpan()) element = (float)random.NextNormal();
            // The gradient of a sum of products with constants is those constants, so both get the same.
            using (Step.Begin()) ours.Descend((Pilotage.Tensors.Tensor.Of(x) * Pilotage.Tensors.Tensor.From(gradient, Count)).Sum());
            theirs.grad = tensor(gradient, ScalarType.Float64);
            optimizer.step();
        }
        Assert.Equal(theirs.data<double>().ToArray(), x.Values.ToArray().Select(value => (double)value), (a, b) => Math.Abs(a - b) <= 1e-6 * Math.Max(1, Math.Abs(a)));
    }

    private static Optimizer Ours(string kind, Parameters parameters) => kind switch
    {
        "adam" => new Adam(parameters, 3e-3),
        "adam, epsilon 1e-5" => new Adam(parameters, 3e-3, epsilon: 1e-5),
        "adamw" => new AdamW(parameters, 3e-3, weightDecay: 0.1),
        "rmsprop, epsilon 1e-5" => new RmsProp(parameters, 3e-3, decay: 0.99, epsilon: 1e-5),
        "sgd" => new Sgd(parameters, 1e-2),
        _ => new Sgd(parameters, 1e-2, momentum: 0.9),
    };

    private static optim.Optimizer Theirs(string kind, TorchSharp.Modules.Parameter parameter) => kind switch
    {
        "adam" => optim.Adam([parameter], lr: 3e-3),
        "adam, epsilon 1e-5" => optim.Adam([parameter], lr: 3e-3, eps: 1e-5),
        "adamw" => optim.AdamW([parameter], lr: 3e-3, weight_decay: 0.1),
        "rmsprop, epsilon 1e-5" => optim.RMSProp([parameter], lr: 3e-3, alpha: 0.99, eps: 1e-5),
        "sgd" => optim.SGD([parameter], 1e-2),
        _ => optim.SGD([parameter], 1e-2, momentum: 0.9),
    };
}
