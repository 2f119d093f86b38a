using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Tests.Policies;

public sealed class StrengthActorTests
{
    private static readonly EnvironmentSpec Spec = new() { Name = "Box", ObservationSize = 1, Actions = new ActionSpace.Box([-1, 0], [1, 10]) };

    [Fact]
    public void Act_Greedy_IsTheTangentOfScaleTimesDirection()
    {
        var actor = Make([0.5f, -2, -3, 1, 0, 0]);                                        // directions, scales, strengths; a negative scale counts by its size
        var actions = new ActionBatch(Spec.Actions, 1);
        var random = new Randomness(1);
        actor.Greedy.Act(new(1, [0]), PolicyMemory.None, ref random, actions);

        Assert.Equal(Math.Tanh(Math.Tanh(0.25) * Math.Tanh(1.5)), actions.Values[0], 1e-6);
        Assert.Equal(5 + 5 * Math.Tanh(Math.Tanh(-1) * Math.Tanh(0.5)), actions.Values[1], 1e-5);
        Assert.Equal(0UL, random.Counter);
    }

    [Fact]
    public void Act_AnyWeightsAndNoise_StaysInsideTheTangentOfTwo()
    {
        var actor = Make([50, -50, 50, 50, 0, 0]);
        var values = new float[2];
        actor.Act(new(1, [0]), [], [], values);
        Assert.Equal(0.761594, values[0], 1e-6);                                          // the policy alone: tanh(1)
        actor.Act(new(1, [0]), [1, -1], [], values);
        Assert.Equal(0.964028, values[0], 1e-6);                                          // with the largest noise: tanh(2)
        Assert.Equal(5 - 5 * 0.964028, values[1], 1e-5);
    }

    [Fact]
    public void Act_Silent_IsNoiseAlone()
    {
        var actor = Make([0.5f, -2, -3, 1, 0, 0]);
        var values = new float[2];
        actor.Act(new(1, [0]), [], [0], values);
        Assert.Equal([0, 5], values);                                                     // exactly the middle of the box
        actor.Act(new(1, [0]), [1, -1], [0], values);
        Assert.Equal(0.761594, values[0], 1e-6);
        Assert.Equal(5 - 5 * 0.761594, values[1], 1e-5);
    }

    [Fact]
    public void Act_SomeRowsSilent_EachRowIsItsOwn()
    {
        var actor = Make([0.5f, -2, -3, 1, 0, 0]);
        var (one, both) = (new float[2], new float[4]);
        actor.Act(new(1, [0]), [], [], one);
        actor.Act(new(2, [0, 0]), [], [0, 1], both);
        Assert.Equal([0, 5, one[0], one[1]], both);
    }

    [Fact]
    public void Forward_Strengths_AreHeldInsideTheirOpenInterval()
    {
        var actor = Make([1, 1, 50, 0, -50, 0]);
        using var step = Step.Begin();
        float[] scale = [0, 0], beta = [0, 0];
        var (_, s, b) = actor.Forward(Tensor.From([0f], 1, 1));
        s.CopyTo(scale);
        b.CopyTo(beta);
        Assert.Equal([0.999f, 0.001f], scale);
        Assert.Equal([0.999f, 0.001f], beta);
    }

    [Fact]
    public void ToUnit_OfTheBox_IsMinusOneToOne()
    {
        var unit = new float[6];
        Make([0, 0, 0, 0, 0, 0]).ToUnit([-1, 0, 0, 7.5f, 1, 10], unit);
        Assert.Equal([-1, -1, 0, 0.5f, 1, 1], unit);
    }

    [Fact]
    public void Constructor_DiscreteActions_IsRefusedWithAWayOut()
    {
        var random = new Randomness(1);
        var mistake = Assert.Throws<UserMistakeException>(() => new StrengthActor(new(), Spec with { Actions = new ActionSpace.Discrete(3) }, 8, ref random));
        Assert.Contains("such as dqn or ppo", mistake.Message, StringComparison.Ordinal);
    }

    /// <summary>An actor whose network gives these outputs whatever it sees.</summary>
    private static StrengthActor Make(float[] outputs)
    {
        var random = new Randomness(1);
        var actor = new StrengthActor(new(), Spec, 8, ref random);
        actor.Parameters.All.Single(parameter => parameter.Name == "actor.2.weight").Values.Clear();
        outputs.CopyTo(actor.Parameters.All.Single(parameter => parameter.Name == "actor.2.bias").Values);
        return actor;
    }
}
