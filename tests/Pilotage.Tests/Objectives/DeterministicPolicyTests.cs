using Pilotage.Objectives;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Objectives;

public sealed class DeterministicPolicyTests
{
    [Fact]
    public void Loss_ThreeValues_IsMinusTheirMean()
    {
        using var step = Step.Begin();
        Assert.Equal(-2, DeterministicPolicy.Loss(Tensor.From([1, 2, 3], 3)).Item());
    }

    [Fact]
    public void Smooth_WorkedExample_ClipsTheNoiseAndThenTheAction()
    {
        // Deviation 0.2, limit 0.5: noise 0.2; 0.8 cut to 0.5; 0.6 cut to 0.5 and the action to 1; -0.2 and the action cut to -1; -1 cut to -0.5.
        using var step = Step.Begin();
        var smooth = new float[5];
        DeterministicPolicy.Smooth(Tensor.From([0.5f, 0, 0.9f, -0.9f, 0.25f], 5, 1), Tensor.From([1, 4, 3, -1, -5], 5, 1), 0.2f, 0.5f).CopyTo(smooth);

        Assert.Equal([0.7f, 0.5f, 1, -1, -0.25f], smooth);
    }

    [Fact]
    public void Loss_Batch_AgreesWithTheReference()
    {
        var inputs = new OracleInputs(7, new Shape(33));
        Oracle.Check(() => DeterministicPolicy.Loss(inputs[0]), inputs.Parameters);
    }
}
