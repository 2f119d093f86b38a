using Pilotage.Environments;
using Xunit;
using static Pilotage.Tests.Environments.VectorEnvironmentTests;

namespace Pilotage.Tests.Environments;

public sealed class EnvironmentContractTests
{
    private static readonly SeedTree Seeds = SeedTree.Root(1);
    private static readonly EnvironmentSpec Spec = ScriptedEnvironment.Describe();

    [Fact]
    public void Step_NaNObservation_NamesComponentRowAndStep()
    {
        var broken = new ScriptedEnvironment { Fill = (_, step, frame) => (frame.Observation[0], frame.Observation[1]) = (step, step == 3 ? float.NaN : 0) };
        var environment = new VectorEnvironment<ScriptedEnvironment>([new(), broken], Seeds, Spec with { ObservationNames = ["load", "speed"] });

        Assert.Equal(
            "Scripted gave NaN as observation component 1 (speed); every component must be written and finite. Where: row 1, step 3 of its episode. " +
            "Check the dynamics; NaN is also what a component shows that was never written.",
            FailureAfter(environment, steps: 3));
    }

    [Fact]
    public void Step_InfiniteFinalObservation_IsFoundThoughTheRowBeganAnew()
    {
        var broken = new ScriptedEnvironment
        {
            Fill = (_, step, frame) => (frame.Observation[0], frame.Observation[1]) = (step == 4 ? float.NegativeInfinity : 0, 0),
            Outcome = step => new(0, step == 4 ? End.Terminated : End.Running),
        };

        Assert.Equal(
            "Scripted gave -Infinity as observation component 0; every component must be written and finite. Where: row 0, step 4 of its episode. " +
            "Check the dynamics; NaN is also what a component shows that was never written.",
            FailureAfter(new VectorEnvironment<ScriptedEnvironment>([broken], Seeds), steps: 4));
    }

    [Fact]
    public void Reset_ComponentNeverWritten_IsFoundAtOnce()
    {
        var lazy = new ScriptedEnvironment { Fill = (_, _, frame) => frame.Observation[0] = 1 };

        var failure = Assert.Throws<RunFailedException>(() => new VectorEnvironment<ScriptedEnvironment>([lazy], Seeds));

        Assert.StartsWith("Scripted gave NaN as observation component 1; ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Where: row 0, first frame of an episode.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(End.Running)]
    [InlineData(End.Terminated)]
    public void Step_RewardNotFinite_NamesRowAndStep(End end)
    {
        var broken = new ScriptedEnvironment { Outcome = step => step == 2 ? new(float.PositiveInfinity, end) : new(0) };

        Assert.Equal(
            "Scripted gave the reward Infinity; a reward must be finite. Where: row 1, step 2 of its episode. Check the environment's reward.",
            FailureAfter(new VectorEnvironment<ScriptedEnvironment>([new(), broken], Seeds), steps: 2));
    }

    [Fact]
    public void Step_NoLegalAction_NamesTheFrame()
    {
        var environment = Masked((_, step, frame) =>
        {
            frame.Observation.Clear();
            if (step == 2) frame.Legal.Clear();
        });

        Assert.Equal(
            "Scripted gave a mask without a legal action; at least one must be legal while the episode goes on. " +
            "Where: row 0, step 2 of its episode. Terminate the episode there or allow an action.",
            FailureAfter(environment, steps: 2));
    }

    [Fact]
    public void Step_NoLegalActionInOneOfSeveralChoices_NamesTheChoice()
    {
        var broken = new ScriptedEnvironment
        {
            Fill = (_, step, frame) =>
            {
                frame.Observation.Clear();
                if (step == 1) frame.Legal[2..].Clear();
            },
        };
        var environment = new VectorEnvironment<ScriptedEnvironment>([broken], Seeds, Spec with { Actions = new ActionSpace.MultiDiscrete([2, 3], Masked: true) });

        Assert.StartsWith("Scripted gave a mask without a legal action of choice 1; ", FailureAfter(environment, steps: 1), StringComparison.Ordinal);
    }

    [Fact]
    public void Step_TerminalFrameWithoutLegalAction_IsAllowed()
    {
        var environment = Masked((_, step, frame) =>
        {
            frame.Observation.Clear();
            if (step == 2) frame.Legal.Clear();
        }, endAfter: 2);
        environment.Step(Choosing(environment, 0));

        Assert.Equal([false, false, false], environment.Step(Choosing(environment, 0)).FinalFrames.LegalOf(0).ToArray());
    }

    [Fact]
    public void Step_TruncatedFrameWithoutLegalAction_IsRefused()
    {
        var broken = new ScriptedEnvironment
        {
            Fill = (_, step, frame) =>
            {
                frame.Observation.Clear();
                if (step == 2) frame.Legal.Clear();
            },
        };
        var spec = Spec with { Actions = new ActionSpace.Discrete(3, Masked: true), TimeLimit = 2 };

        Assert.Contains("row 0, step 2 of its episode", FailureAfter(new VectorEnvironment<ScriptedEnvironment>([broken], Seeds, spec), steps: 2), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    public void Step_ActionOutOfRange_BlamesThePolicyAndStepsNothing(int index)
    {
        var instances = new ScriptedEnvironment[] { new(), new() };
        var environment = new VectorEnvironment<ScriptedEnvironment>(instances, Seeds);
        var actions = new ActionBatch(environment.Spec.Actions, 2);
        environment.Step(actions);
        actions.Indices[1] = index;

        Assert.Equal(
            $"The policy chose action {index} in Scripted; allowed are 0 to 2. Where: row 1, step 2 of its episode. This is a mistake of the policy, not of the environment.",
            Failure(() => environment.Step(actions)));
        Assert.Equal(1, instances[0].StepOfEpisode);
    }

    [Fact]
    public void Step_ActionOutOfRangeInAnyOfManyRows_IsFound()
    {
        for (var row = 0; row < 37; row++)
        {
            var environment = new VectorEnvironment<ScriptedEnvironment>([.. Enumerable.Range(0, 37).Select(_ => new ScriptedEnvironment())], Seeds);
            var actions = new ActionBatch(environment.Spec.Actions, 37);
            actions.Indices[row] = 3;
            Assert.Contains($"row {row}, step 1", Failure(() => environment.Step(actions)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Step_MaskedAction_BlamesThePolicyAndListsTheLegalOnes()
    {
        var environment = Masked((_, _, frame) =>
        {
            frame.Observation.Clear();
            frame.Legal[1] = false;
        });

        Assert.Equal(
            "The policy chose action 1, which the mask forbids in Scripted; legal are 0, 2. Where: row 0, step 1 of its episode. " +
            "This is a mistake of the policy, not of the environment.",
            Failure(() => environment.Step(Choosing(environment, 1))));
    }

    [Theory]
    [InlineData(0, 1, 0.5f, "The policy chose action 1 of choice 1, which the mask forbids in Scripted; legal are 0, 2.")]
    [InlineData(2, 0, 0.5f, "The policy chose action 2 of choice 0 in Scripted; allowed are 0 to 1.")]
    [InlineData(0, 0, float.NaN, "The policy chose NaN for value 0 of the action in Scripted; a finite number is expected.")]
    public void Step_CompositeAction_IsCheckedInBothParts(int first, int second, float value, string expected)
    {
        var broken = new ScriptedEnvironment
        {
            Fill = (_, _, frame) =>
            {
                frame.Observation.Clear();
                frame.Legal[3] = false;
            },
        };
        var environment = new VectorEnvironment<ScriptedEnvironment>([broken], Seeds, Spec with { Actions = new ActionSpace.Composite(new([2, 3], Masked: true), new([0], [1])) });
        var actions = new ActionBatch(environment.Spec.Actions, 1);
        (actions.Indices[0], actions.Indices[1], actions.Values[0]) = (first, second, value);

        Assert.StartsWith(expected, Failure(() => environment.Step(actions)), StringComparison.Ordinal);
    }

    [Fact]
    public void Step_NaNAction_BlamesThePolicy()
    {
        var environment = new VectorEnvironment<ScriptedEnvironment>([new(), new()], Seeds, Spec with { Actions = new ActionSpace.Box([-1, -1], [1, 1]) });
        var actions = new ActionBatch(environment.Spec.Actions, 2);
        actions.Values[3] = float.NaN;

        Assert.Equal(
            "The policy chose NaN for value 1 of the action in Scripted; a finite number is expected. Where: row 1, step 1 of its episode. " +
            "This is a mistake of the policy, not of the environment.",
            Failure(() => environment.Step(actions)));
    }

    [Fact]
    public void Step_BatchOfAnotherShape_SaysBothShapes()
    {
        var environment = new VectorEnvironment<ScriptedEnvironment>([new(), new()], Seeds);

        Assert.Equal(
            "The actions given to Scripted are 3 rows of 0 indices and 1 values; expected are 2 rows of 1 and 0. " +
            "Make the ActionBatch from the environment's own Spec.Actions and Rows.",
            Failure(() => environment.Step(new ActionBatch(new ActionSpace.Box([0], [1]), 3))));
    }

    [Fact]
    public void Constructor_ImpossibleDescription_ListsAllProblems()
    {
        var spec = Spec with { ObservationSize = 0, ObservationNames = ["a"], TimeLimit = 0, Actions = new ActionSpace.Box([0, float.NaN], [1, 1]) };

        Assert.Equal(
            "Scripted does not describe itself rightly: ObservationSize is 0, at least 1 is needed; ObservationNames has 1 names for 0 components; " +
            "TimeLimit is 0, at least 1 or null is needed; dimension 1 of the action box is NaN to 1, finite ascending bounds are needed. Correct its Describe().",
            Failure(() => _ = new VectorEnvironment<ScriptedEnvironment>([new()], Seeds, spec)));
    }

    public static TheoryData<ActionSpace, string> BadSpaces => new()
    {
        { new ActionSpace.Discrete(0), "the action space has 0 actions" },
        { new ActionSpace.MultiDiscrete([2, 0]), "the action space has the counts [2, 0]" },
        { new ActionSpace.MultiDiscrete([]), "the action space has the counts []" },
        { new ActionSpace.Box([0], [1, 2]), "1 lower and 2 upper bounds" },
        { new ActionSpace.Box([1], [1]), "dimension 0 of the action box is 1 to 1" },
        { new ActionSpace.Composite(new([0]), new([0], [0])), "the action space has the counts [0], one of at least 1 per choice is needed; dimension 0 of the action box is 0 to 0" },
    };

    [Theory]
    [MemberData(nameof(BadSpaces))]
    public void Constructor_ImpossibleSpace_IsRefused(ActionSpace space, string problem) =>
        Assert.Contains(problem, Failure(() => _ = new VectorEnvironment<ScriptedEnvironment>([new()], Seeds, Spec with { Actions = space })), StringComparison.Ordinal);

    private static string FailureAfter(VectorEnvironment<ScriptedEnvironment> environment, int steps)
    {
        var actions = new ActionBatch(environment.Spec.Actions, environment.Rows);
        for (var i = 1; i < steps; i++) environment.Step(actions);
        return Failure(() => environment.Step(actions));
    }

    private static string Failure(Action act) => Assert.Throws<RunFailedException>(act).Message;
}
