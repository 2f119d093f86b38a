using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Tests.Environments;

public sealed class EnvironmentCheckTests
{
    private static int _shared;

    [Fact]
    public void Problems_SoundEnvironments_HaveNone()
    {
        Assert.Empty(EnvironmentCheck.Problems<CartPole>());
        Assert.Empty(EnvironmentCheck.Problems<Pendulum>());
        Assert.Empty(EnvironmentCheck.Problems<Acrobot>());
        Assert.Empty(EnvironmentCheck.Problems(() => new Odd { }));
    }

    [Fact]
    public void Problems_TerminatedFrameWithoutLegalAction_IsFine() =>
        Assert.Empty(EnvironmentCheck.Problems(() => new Odd
        {
            OnStep = (state, frame) =>
            {
                frame.Observation.Fill(1);
                if (state.Step == 3) frame.Legal.Clear();
                return new(0, state.Step == 3 ? End.Terminated : End.Running);
            },
        }));

    [Theory]
    [InlineData("not_finite")]
    [InlineData("not_written")]
    [InlineData("no_legal_action")]
    [InlineData("reward_not_finite")]
    [InlineData("too_many_numbers")]
    [InlineData("own_chance")]
    [InlineData("own_chance_in_the_reward")]
    [InlineData("static_state")]
    [InlineData("remembers")]
    [InlineData("throws")]
    public void Problems_BrokenEnvironment_AreToldWithPlaceAndCure(string name)
    {
        var own = new Random(1);
        _shared = 0;
        Func<Odd> make = name switch
        {
            "not_finite" => () => new Odd { OnStep = (state, frame) => { frame.Observation.Fill(state.Step == 7 ? float.NaN : 0); return new(0); } },
            "not_written" => () => new Odd { OnReset = (_, frame) => frame.Observation[0] = 1 },
            "no_legal_action" => () => new Odd { OnStep = (state, frame) => { frame.Observation.Clear(); if (state.Step == 2) frame.Legal.Clear(); return new(0); } },
            "reward_not_finite" => () => new Odd { OnStep = (state, frame) => { frame.Observation.Clear(); return new(1f / (state.Step - 5) * 0 + (state.Step == 5 ? float.PositiveInfinity : 0)); } },
            "too_many_numbers" => () => new Odd { OnReset = (_, frame) => { for (var i = 0; i < 3; i++) frame.Observation[i] = i; } },
            "own_chance" => () => new Odd { OnReset = (_, frame) => frame.Observation.Fill(own.NextSingle()) },
            "own_chance_in_the_reward" => () => new Odd { OnStep = (_, frame) => { frame.Observation.Clear(); return new(own.NextSingle()); } },
            "static_state" => () => new Odd { OnStep = (_, frame) => { frame.Observation.Fill(_shared++); return new(0); } },
            "remembers" => () => new Odd { OnStep = (state, frame) => { frame.Observation.Fill(++state.NeverReset); return new(0); } },
            _ => () => new Odd { OnStep = (_, _) => throw new InvalidOperationException("no such day") },
        };

        var text = string.Join("\n", EnvironmentCheck.Problems(make).Select(problem => problem.ToString()));

        Snapshot.Matches(System.Text.RegularExpressions.Regex.Replace(text, " in /.*|Thrown .*", " …"), name);
    }

    [Fact]
    public void Problems_ImpossibleDescription_TellsAllAndPlaysNothing() => Snapshot.Matches(Assert.Single(EnvironmentCheck.Problems<Impossible>()).ToString());

    [Fact]
    public void Problems_ChangingDescription_IsTold()
    {
        _shared = 0;

        Snapshot.Matches(Assert.Single(EnvironmentCheck.Problems<Changing>()).ToString());
    }

    [Fact]
    public void Problems_NoLimitAndNoEnd_IsTold() => Snapshot.Matches(Assert.Single(EnvironmentCheck.Problems<Endless>()).ToString());

    private delegate void Beginning(Odd state, Frame frame);

    private delegate Outcome Stepping(Odd state, Frame frame);

    /// <summary>An environment that breaks the contract where a test wants it.</summary>
    private sealed class Odd : IEnvironment
    {
        public Beginning OnReset { get; init; } = static (_, frame) => frame.Observation.Clear();

        public Stepping OnStep { get; init; } = static (_, frame) => { frame.Observation.Clear(); return new(0); };

        public int Step { get; private set; }

        public int NeverReset { get; set; }

        public static EnvironmentSpec Describe() =>
            new() { Name = "Odd", ObservationSize = 2, ObservationNames = ["left", "right"], Actions = new ActionSpace.Discrete(3, Masked: true), TimeLimit = 20 };

        public void Reset(Frame first, ref Randomness random)
        {
            Step = 0;
            OnReset(this, first);
        }

        Outcome IEnvironment.Step(AgentAction action, Frame next, ref Randomness random)
        {
            Step++;
            return OnStep(this, next);
        }
    }

    private struct Impossible : IEnvironment
    {
        public static EnvironmentSpec Describe() => new() { Name = "Impossible", ObservationSize = 0, Actions = new ActionSpace.Discrete(0), TimeLimit = 0 };

        public readonly void Reset(Frame first, ref Randomness random) => throw new InvalidOperationException("must not be played");

        public readonly Outcome Step(AgentAction action, Frame next, ref Randomness random) => throw new InvalidOperationException("must not be played");
    }

    private struct Changing : IEnvironment
    {
        public static EnvironmentSpec Describe() => new() { Name = "Changing", ObservationSize = 1, Actions = new ActionSpace.Discrete(2), TimeLimit = 10 + _shared++ };

        public readonly void Reset(Frame first, ref Randomness random) => first.Observation.Clear();

        public readonly Outcome Step(AgentAction action, Frame next, ref Randomness random)
        {
            next.Observation.Clear();
            return new(0);
        }
    }

    private struct Endless : IEnvironment
    {
        public static EnvironmentSpec Describe() => new() { Name = "Endless", ObservationSize = 1, Actions = new ActionSpace.Discrete(2) };

        public readonly void Reset(Frame first, ref Randomness random) => first.Observation.Clear();

        public readonly Outcome Step(AgentAction action, Frame next, ref Randomness random)
        {
            next.Observation.Clear();
            return new(0);
        }
    }
}
