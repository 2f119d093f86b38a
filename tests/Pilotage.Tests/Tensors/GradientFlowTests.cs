using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Tensors;

public sealed class GradientFlowTests
{
    [Fact]
    public void Tensor_UsedManyTimes_AddsItsGradients()
    {
        var inputs = new OracleInputs(1, 0.5, 1.5, new Shape(17));
        Oracle.Check(() =>
        {
            var x = inputs[0] * 2;
            var sum = x;
            for (var use = 0; use < 40; use++) sum = sum * 0.9f + x * x - x / (use + 1);
            return sum;
        }, inputs.Parameters);
    }

    [Fact]
    public void Parameter_LeavesMadeSeveralTimes_AddTheirGradients()
    {
        var inputs = new OracleInputs(2, new Shape(3, 3), new Shape(3));
        Oracle.Check(() => (inputs[0] * inputs[1]).Sum(1) + (inputs[0].Square() + inputs[1]).Mean(0) + inputs[1], inputs.Parameters);
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Detach_OneOfTwoPaths_GradientTakesTheOther(string backend)
    {
        Assert.Equal([2, 3], Backends.GradientOfSum(backend, [2, 3], x => x * x.Detach()));
        Assert.Equal([0, 0], Backends.GradientOfSum(backend, [2, 3], x => x.Square().Detach()));
        using var step = Step.Begin(Backends.Open(backend));
        Assert.Equal([4, 9], Backends.Values(Tensor.From([2, 3], 2).Square().Detach()));
    }

    [Fact]
    public void Detach_InsideAnObjective_AgreesWithTheReference()
    {
        var inputs = new OracleInputs(3, new Shape(5, 17), new Shape(17));
        Oracle.Check(() => ((inputs[0].Tanh() - (inputs[0] * inputs[1]).Detach().Sigmoid()).Square() * inputs[1]).Mean(), inputs.Parameters);
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Backward_TwoSets_OnlyTheGivenOneGetsAGradient(string backend)
    {
        var (trained, frozen) = (new OracleInputs(4, new Shape(5, 3), new Shape(3)), new OracleInputs(5, new Shape(3, 2), new Shape(2)));
        var before = frozen.Parameters.Values.ToArray();
        using var step = Step.Begin(Backends.Open(backend));
        var hidden = Tensor.Filled(0.3f, 4, 5).Linear(trained.Parameters.All[0], trained.Parameters.All[1], Activation.Tanh);
        var loss = (hidden.Linear(frozen.Parameters.All[0], frozen.Parameters.All[1]) * frozen[1]).Sum();

        Backends.Backward(loss, trained.Parameters);

        Assert.All(frozen.Parameters.Gradients.ToArray(), gradient => Assert.Equal(0, gradient));
        Assert.Contains(trained.Parameters.Gradients.ToArray(), gradient => gradient != 0);
        Assert.Equal(before, frozen.Parameters.Values.ToArray());
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Descend_TwoSets_LeavesTheOtherUntouched(string backend)
    {
        var (trained, frozen) = (new OracleInputs(6, new Shape(4)), new OracleInputs(7, new Shape(4)));
        var (trainedBefore, frozenBefore) = (trained.Parameters.Values.ToArray(), frozen.Parameters.Values.ToArray());
        var descent = new PlainDescent(trained.Parameters, learningRate: 0.5);
        using (Step.Begin(Backends.Open(backend))) descent.Descend((trained[0] * frozen[0]).Sum());

        Assert.Equal(frozenBefore, frozen.Parameters.Values.ToArray());
        Assert.All(frozen.Parameters.Gradients.ToArray(), gradient => Assert.Equal(0, gradient));
        for (var i = 0; i < 4; i++) Assert.Equal(trainedBefore[i] - 0.5f * frozenBefore[i], trained.Parameters.Values[i], 1e-6f);
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Descend_GradientAboveTheLimit_IsScaledToItsNorm(string backend)
    {
        var inputs = new OracleInputs(8, 0, 0, new Shape(2));
        var descent = new PlainDescent(inputs.Parameters, learningRate: 1);
        using var step = Step.Begin(Backends.Open(backend));

        var report = descent.Descend((inputs[0] * Tensor.From([3, 4], 2)).Sum(), maximumNorm: 1);

        Assert.Equal(5, report.GradientNorm, 1e-6f);
        Assert.Equal(-0.6f, inputs.Parameters.Values[0], 1e-5f);
        Assert.Equal(-0.8f, inputs.Parameters.Values[1], 1e-5f);
        Assert.Equal(1, descent.Updates);
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Descend_LossNotFinite_NamesTheFirstGuiltyOperationAndUpdatesNothing(string backend)
    {
        var inputs = new OracleInputs(9, -1, -1, new Shape(2));
        var descent = new PlainDescent(inputs.Parameters, learningRate: 1);
        using var step = Step.Begin(Backends.Open(backend));
        var loss = (inputs[0].Log() * 2).Exp().Sum();

        var exception = Assert.Throws<RunFailedException>(() => descent.Descend(loss));

        Assert.Contains("Log", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Exp", exception.Message, StringComparison.Ordinal);
        Assert.Equal(-1, inputs.Parameters.Values[0]);
        Assert.Equal(0, descent.Updates);
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Descend_SecondUpdate_DoesNotRememberTheFirstGradient(string backend)
    {
        var inputs = new OracleInputs(10, 0, 0, new Shape(1));
        var descent = new PlainDescent(inputs.Parameters, learningRate: 1);
        for (var update = 0; update < 2; update++)
        {
            using var step = Step.Begin(Backends.Open(backend));
            descent.Descend(inputs[0].Sum());
        }
        Assert.Equal(-2, inputs.Parameters.Values[0]);
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Backward_LossWithoutParameters_GivesZeros(string backend)
    {
        var inputs = new OracleInputs(11, new Shape(3));
        using var step = Step.Begin(Backends.Open(backend));
        Backends.Backward(Tensor.Filled(2, 3).Exp().Sum(), inputs.Parameters);
        Assert.All(inputs.Parameters.Gradients.ToArray(), gradient => Assert.Equal(0, gradient));
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Leaf_OperatorsOnIt_DoNotChangeTheParameter(string backend)
    {
        var inputs = new OracleInputs(12, new Shape(33));
        var before = inputs.Parameters.Values.ToArray();
        using var step = Step.Begin(Backends.Open(backend));
        var x = inputs[0];
        Backends.Backward((x.Exp() * x + x.Tanh() - x.Square().Reshape(33)).Sum() + x.Max(), inputs.Parameters);
        Assert.Equal(before, inputs.Parameters.Values.ToArray());
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Tensor_AfterItsStep_ThrowsAndSoDoesAnotherStepsTensor(string backend)
    {
        Tensor stale;
        using (Step.Begin(Backends.Open(backend))) stale = Tensor.Filled(1, 3);
        Assert.Throws<ObjectDisposedException>(() => stale.Shape);

        using var outer = Step.Begin(Backends.Open(backend));
        var x = Tensor.Filled(1, 3);
        using var inner = Step.Begin(Backends.Open(backend));
        var y = Tensor.Filled(1, 3);
        Assert.Throws<InvalidOperationException>(() => x + y);
    }

    private sealed class PlainDescent(Parameters parameters, double learningRate) : Optimizer(parameters, learningRate)
    {
        protected override void Update(Span<float> values, ReadOnlySpan<float> gradient, float gradientScale)
        {
            for (var i = 0; i < values.Length; i++) values[i] -= (float)LearningRate * gradientScale * gradient[i];
        }
    }
}
