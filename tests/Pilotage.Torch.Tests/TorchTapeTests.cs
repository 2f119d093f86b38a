using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Pilotage.Tests;
using Xunit;
using Native = TorchSharp.torch.Tensor;
using Oracle = Pilotage.Tests.Oracle;

namespace Pilotage.Torch.Tests;

/// <summary>The life of a step on libtorch: handles, nesting, what is left over, failures.</summary>
[Collection(Alone.Name)]
public sealed class TorchTapeTests
{
    private static readonly Device Torch = TorchDevices.Find("torch")!;

    [Theory]
    [InlineData("torch")]
    [InlineData("torch64")]
    public void Steps_AThousandOfEachKind_LeaveNoNativeTensor(string name)
    {
        var device = Backends.Open(name);
        var inputs = new OracleInputs(1, -0.5, 0.5, new Shape(6, 5), new Shape(5), new Shape(4, 6));
        var descent = new Adam(inputs.Parameters, 1e-4);
        for (var i = 0; i < 3; i++) All();
        var before = Settled();
        for (var i = 0; i < 250; i++) All();
        Assert.Equal(before, Native.TotalCount);

        void All()
        {
            using (Step.Begin(device)) descent.Descend(Loss(inputs), 1);
            using (Step.Begin(device))
            {
                var outer = Loss(inputs);
                using (Step.Begin(device, Gradient.None)) Assert.True(float.IsFinite(Loss(inputs).Item()));
                Assert.True(float.IsFinite(outer.Item()));
            }
            Assert.ThrowsAny<ArgumentException>(() => Failing(device, inputs));
            using (Step.Begin(device)) descent.Descend(inputs[2].Checkpoint(x => x.Linear(inputs.Parameters.All[0], null, Activation.Tanh)).Square().Mean());
        }
    }

    /// <summary>
    /// Native tensors of this process that something still holds. What earlier tests held (weights of their networks) is let go first: were it collected
    /// while a test counts, the count would fall. After the counted work nothing is let go, so that what only a finalizer would free is seen.
    /// </summary>
    private static long Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Native.TotalCount;
    }

    [Theory]
    [InlineData("gather")]
    [InlineData("mask")]
    [InlineData("native")]
    public void Operator_ThatFailsInItsMiddle_LeavesNothingAndTheNextStepIsWhole(string kind)
    {
        var before = Settled();
        for (var i = 0; i < 20; i++)
        {
            using (Step.Begin(Torch))
            {
                var x = Tensor.From(new float[6], 2, 3);
                Action failing = kind switch
                {
                    "gather" => Gather(x),
                    "mask" => Softmax(x),
                    // The contract's checks are passed by; libtorch itself refuses.
                    _ => Broken(x),
                };
                Assert.ThrowsAny<Exception>(failing);
            }
            using var step = Step.Begin(Torch);
            Assert.Equal(3, Tensor.Filled(1, 3).Sum().Item());
        }
        Assert.Equal(before, Native.TotalCount);

        static Action Gather(Tensor x)
        {
            var index = Indices.From([0, 3], 2);
            return () => x.Gather(index);
        }

        static Action Softmax(Tensor x)
        {
            var mask = Mask.From([true, false, true, false, false, false], 2, 3);
            return () => x.LogSoftmax(mask);
        }

        static Action Broken(Tensor x) => () => x.Tape.Linear(x.Slot, Vector(7), null, Activation.Tanh, new Shape(2, 7));
    }

    [Fact]
    public void Gather_OutsideTheAxis_NamesIndexAndPlaceAsTheManagedBackendDoes()
    {
        string Message(Device device)
        {
            using var step = Step.Begin(device);
            var (x, index) = (Tensor.From(new float[6], 2, 3), Indices.From([0, 3], 2));
            return Assert.Throws<ArgumentOutOfRangeException>(() => x.Gather(index)).Message;
        }
        Assert.Equal(Message(Device.Managed), Message(Torch));
    }

    [Fact]
    public void Softmax_RowWithoutLegalElement_IsToldAsTheManagedBackendDoes()
    {
        string Message(Device device, bool compared)
        {
            using var step = Step.Begin(device);
            var x = Tensor.From([1, 2, 3, 4, 5, 6], 2, 3);
            var mask = compared ? x.IsLess(Tensor.Filled(3.5f)) : Mask.From([true, true, true, false, false, false], 2, 3);
            return Assert.Throws<ArgumentException>(() => x.Softmax(mask)).Message;
        }
        Assert.Equal(Message(Device.Managed, compared: false), Message(Torch, compared: false));
        Assert.Equal(Message(Device.Managed, compared: true), Message(Torch, compared: true));
    }

    [Fact]
    public void Tensor_OfAnEndedStep_ThrowsAndNamesItsOperation()
    {
        Tensor stale;
        using (Step.Begin(Torch)) stale = Tensor.From([1, 2], 2).Tanh();
        Assert.Contains("Tanh", Assert.Throws<ObjectDisposedException>(() => stale.Shape).Message, StringComparison.Ordinal);
        using (Step.Begin(Torch))
        {
            var other = Tensor.From([1, 2], 2).Exp().Sqrt();
            Assert.Contains("Tanh", Assert.Throws<ObjectDisposedException>(() => stale + other).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Tensors_OfTwoBackends_AreRefusedAndBothAreNamed()
    {
        using var outer = Step.Begin();
        var x = Tensor.From([1, 2], 2);
        using var inner = Step.Begin(Torch);
        var y = Tensor.From([1, 2], 2);
        var message = Assert.Throws<InvalidOperationException>(() => x + y).Message;
        Assert.Contains("torch", message, StringComparison.Ordinal);
        Assert.Contains("cpu", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Descend_ThroughWeightsThatWereUpdatedSince_IsRefused()
    {
        var random = new Randomness(1);
        var parameters = new Parameters(Torch);
        var (first, second) = (parameters.Add("first", new(2, 3), new Initializer.FanIn(), ref random), parameters.Add("second", new(3, 1), new Initializer.FanIn(), ref random));
        var optimizer = new Sgd(parameters, 0.1);
        var failure = Assert.Throws<InvalidOperationException>(() =>
        {
            using var step = Step.Begin(parameters.Device);
            var loss = Tensor.From([1, 2], 1, 2).Linear(first, null).Linear(second, null).Sum();
            optimizer.Descend(loss);
            optimizer.Descend(loss);
        });
        Assert.Contains("second", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Descend_TwiceInAStepOnFreshLosses_SeesTheNewWeights()
    {
        float[] Run(Device device)
        {
            var inputs = new OracleInputs(3, new Shape(4));
            var optimizer = new Sgd(inputs.Parameters, 0.1);
            using var step = Step.Begin(device);
            for (var i = 0; i < 3; i++) optimizer.Descend(inputs[0].Square().Sum());
            return inputs.Parameters.Values.ToArray();
        }
        Assert.Equal(Run(Device.Managed), Run(Torch), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(Run(Device.Managed), Run(TorchDevices.Double()), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Backward_OfTwoLossesThatShareAGraph_AddsBoth()
    {
        foreach (var device in new[] { Torch, TorchDevices.Double() })
        {
            var inputs = new OracleInputs(4, 1, 1, new Shape(3));
            using var step = Step.Begin(device);
            var shared = inputs[0] * 2;
            Backends.Backward(shared.Sum(), inputs.Parameters);
            Backends.Backward((shared * 3).Sum(), inputs.Parameters);
            Assert.Equal([8, 8, 8], inputs.Parameters.All[0].Gradient.ToArray());
        }
    }

    [Fact]
    public void Checkpoint_Nested_GivesTheGradientOfThePlainFunction()
    {
        var inputs = new OracleInputs(3, new Shape(4, 6), new Shape(6, 6));
        var weight = inputs.Parameters.All[1];
        Tensor Layer(Tensor x) => x.Linear(weight, null, Activation.Gelu) + x;
        Oracle.Check(() => Layer(Layer(Layer(inputs[0] * 2))), inputs.Parameters);
        Oracle.Check(() => (inputs[0] * 2).Checkpoint(x => Layer(x).Checkpoint(Layer)).Checkpoint(Layer), inputs.Parameters);
    }

    [Fact]
    public void NumberChecks_FirstOperationThatMakesANaN_IsNamed()
    {
        using var step = Step.Begin(Torch.WithNumberChecks());
        Assert.Contains("Log", Assert.Throws<RunFailedException>(() => Tensor.Filled(-1, 2).Log()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Order_WithTiesAndNaN_IsThatOfTheManagedBackend()
    {
        float[] values = [2, float.NaN, 1, 2, float.NegativeInfinity, 1, 1, 3, float.PositiveInfinity, 3];
        int[] Run(Device device)
        {
            using var step = Step.Begin(device);
            var x = Tensor.From(values, 2, 5);
            int[] ascending = new int[10], largest = new int[6], first = new int[2];
            x.Sorted().CopyTo(ascending);
            x.TopK(3).CopyTo(largest);
            x.ArgMax().CopyTo(first);
            return [.. ascending, .. largest, .. first];
        }
        Assert.Equal(Run(Device.Managed), Run(Torch));
    }

    private static Tensor Loss(OracleInputs inputs)
    {
        var (weight, bias) = (inputs.Parameters.All[0], inputs.Parameters.All[1]);
        var logits = inputs[2].Linear(weight, bias, Activation.Silu);
        var legal = logits.IsLess(Tensor.Filled(1e9f)) & !Mask.From([true, false, false, false, false], 1, 5);
        var picked = logits.LogSoftmax(legal).Gather(logits.TopK(2)).Clamp(-3, 3);
        return picked.Sum() + logits.LogSumExp(0, 1) + logits.Max(0).Mean() + Tensor.Concat(0, logits, logits).LayerNorm().Slice(0, 1, 3).Transpose().MatMul(inputs[2].Slice(0, 1, 3)).Square().Mean();
    }

    private static void Failing(Device device, OracleInputs inputs)
    {
        using var step = Step.Begin(device);
        var index = Indices.From([9, 9, 9, 9], 4);
        Loss(inputs).Tape.Backward((inputs[2].Square().Gather(index).Sum() + Loss(inputs)).Slot, inputs.Parameters);
    }

    private static Parameter Vector(int length)
    {
        var random = new Randomness(1);
        return new Parameters().Add("vector", new(length), new Initializer.Constant(0), ref random);
    }
}
