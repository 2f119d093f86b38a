using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Tests.Policies;

public sealed class DeterministicActorTests
{
    private static readonly EnvironmentSpec Spec = new() { Name = "Box", ObservationSize = 1, Actions = new ActionSpace.Box([-1, 0], [1, 10]) };

    [Fact]
    public void ToBox_AndBack_IsCentreAndHalfWidth()
    {
        var actor = Make();
        float[] values = [-1, -1, 0, 0.5f, 1, 1];
        var unit = new float[6];
        actor.ToBox(values);
        actor.ToUnit(values, unit);

        Assert.Equal([-1, 0, 0, 7.5f, 1, 10], values);
        Assert.Equal([-1, -1, 0, 0.5f, 1, 1], unit);
    }

    [Fact]
    public void Act_WithoutNoise_IsTheTangentOfTheOutputsAndDrawsNothing()
    {
        var actor = Make();
        Set(actor, [0.5f, -2]);
        var actions = new ActionBatch(Spec.Actions, 1);
        var random = new Randomness(1);
        actor.Act(new(1, [0]), PolicyMemory.None, ref random, actions);

        Assert.Equal(MathF.Tanh(0.5f), actions.Values[0], 1e-6f);
        Assert.Equal(5 + 5 * MathF.Tanh(-2), actions.Values[1], 1e-5f);
        Assert.Equal(0UL, random.Counter);
    }

    [Fact]
    public void Act_WithNoise_AddsItInTheUnitOfTheBoxAndStopsAtItsEdges()
    {
        var actor = Make();
        Set(actor, [0, 0]);                                                               // the centre: 0 and 5
        var values = new float[6];
        actor.Act(new(3, [0, 1, 2]), [0.25f, 0.25f, -3, 3, 0, -0.5f], values);

        Assert.Equal([0.25f, 6.25f, -1, 10, 0, 2.5f], values);
    }

    [Fact]
    public void Constructor_DiscreteActions_IsRefusedWithAWayOut()
    {
        var spec = Spec with { Actions = new ActionSpace.Discrete(2) };
        var random = new Randomness(3);
        Assert.Contains("dqn, qr-dqn or ppo", Assert.Throws<UserMistakeException>(() => new DeterministicActor(spec, [8], Activation.Relu, ref random)).Message, StringComparison.Ordinal);
    }

    private static DeterministicActor Make()
    {
        var random = new Randomness(3);
        return new(Spec, [8], Activation.Relu, ref random);
    }

    /// <summary>Outputs that do not depend on the observation.</summary>
    private static void Set(DeterministicActor actor, float[] outputs)
    {
        foreach (var block in actor.Parameters.Blocks) block.Values.Span.Clear();
        outputs.CopyTo(actor.Parameters.Blocks[^1].Values.Span);
    }
}
