using System.Buffers;
using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Systems.Games.Dhumbal;
using Xunit;

namespace Pilotage.Systems.Games.Tests.Dhumbal.Learning;

public class SeatTests
{
    private static ActionBatch Play(IVectorEnvironment seats, int steps, ref Randomness random, Action<Transition>? seen = null)
    {
        var actions = new ActionBatch(seats.Spec.Actions, seats.Rows);
        var policy = new RandomPolicy();
        for (var t = 0; t < steps; t++)
        {
            policy.Act(seats.Frames, PolicyMemory.None, ref random, actions);
            var transition = seats.Step(actions);
            seen?.Invoke(transition);
        }
        return actions;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Step_RandomPlay_KeepsTheContract(bool isPaper)
    {
        var seats = (isPaper ? SeatOptions.Paper(new()) : new SeatOptions()).Create(8, SeedTree.Root(1));
        var random = SeedTree.Root(2).Start();
        Assert.Equal(isPaper ? (117, 128) : (121, 319), (seats.Spec.ObservationSize, seats.Spec.Actions.LegalCount));
        var (ends, rewards) = (0, 0.0);
        Play(seats, 500, ref random, transition =>
        {
            foreach (var end in transition.Ends)
            {
                Assert.NotEqual(End.Truncated, end);
                if (end == End.Terminated) ends++;
            }
            foreach (var reward in transition.Rewards) rewards += reward;
        });
        Assert.True(ends > 50);
        Assert.True(rewards < 0, "random play should lose coins to rules");
    }

    [Fact]
    public void Step_Default_RewardsOnlyTheEndWithCoinsOverAHundred()
    {
        var seats = new SeatOptions().Create(4, SeedTree.Root(3));
        var random = SeedTree.Root(4).Start();
        var sum = 0.0;
        Play(seats, 300, ref random, transition =>
        {
            for (var row = 0; row < 4; row++)
            {
                if (transition.Ends[row] == End.Running) Assert.Equal(0, transition.Rewards[row]);
                else
                {
                    Assert.Equal(Math.Round(transition.Rewards[row] * 100), transition.Rewards[row] * 100, 1e-3);
                    sum += Math.Abs(transition.Rewards[row]);
                }
            }
        });
        Assert.True(sum > 1);
    }

    [Fact]
    public void Frames_Masks_AreTheLegalMoves()
    {
        var tables = new DhumbalTables(new(), 2, SeedTree.Root(5));
        var random = SeedTree.Root(6).Start();
        var legal = new int[Moves.CountFor(5)];
        for (var t = 0; t < 300; t++)
        {
            for (var table = 0; table < 2; table++)
            {
                var round = tables.RoundOf(table);
                for (var seat = 0; seat < 4; seat++)
                {
                    Assert.Equal(seat == round.Player, tables.Frames.IsActive(4 * table + seat));
                    var mask = tables.Frames.LegalOf(4 * table + seat);
                    if (seat != round.Player)
                    {
                        Assert.False(mask.Contains(value: false));
                        continue;
                    }
                    var moves = legal[..round.ListLegal(legal)];
                    for (var move = 0; move < mask.Length; move++) Assert.Equal(moves.Contains(move), mask[move]);
                }
            }
            Play(tables, 1, ref random);
        }
    }

    [Fact]
    public void Tables_RoundEnds_AllSeatsTerminateAndCoinsSumToZero()
    {
        var tables = new DhumbalTables(new(), 3, SeedTree.Root(7));
        var random = SeedTree.Root(8).Start();
        var ended = 0;
        Play(tables, 2000, ref random, transition =>
        {
            Assert.Equal(0, transition.EndedRows.Length % 4);
            for (var table = 0; table < 3; table++)
            {
                var sum = 0f;
                for (var row = 4 * table; row < 4 * table + 4; row++)
                {
                    sum += transition.Rewards[row];
                    Assert.Equal(transition.Ends[4 * table], transition.Ends[row]);
                }
                Assert.Equal(0, sum, 1e-5);
            }
            for (var i = 0; i < transition.EndedRows.Length; i++)
            {
                ended++;
                // The final frame is of the round that ended: no phase is on.
                var observation = transition.FinalFrames.Observation(i);
                Assert.Equal(0, observation[114] + observation[115] + observation[116]);
            }
        });
        Assert.True(ended > 100);
    }

    [Fact]
    public void Tables_IllegalMove_IsRefused()
    {
        var tables = new DhumbalTables(new(), 1, SeedTree.Root(9));
        var actions = new ActionBatch(tables.Spec.Actions, 4);
        actions.Indices.Fill(tables.RoundOf(0).Phase == RoundPhase.Call ? Moves.TakePile : Moves.Call);
        Assert.Contains("forbids", Assert.Throws<RunFailedException>(() => { tables.Step(actions); }).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("seats")]
    [InlineData("tables")]
    public void SaveAndLoad_InTheMiddle_GoesOnBitForBit(string kind)
    {
        IVectorEnvironment Make(ulong seed) => kind == "seats" ? new SeatOptions().Create(3, new(seed)) : new DhumbalTables(new(), 2, new(seed));
        var (first, second) = (Make(10), Make(11));
        var random = SeedTree.Root(12).Start();
        Play(first, 137, ref random);
        var kept = new ArrayBufferWriter<byte>();
        first.Save(kept);
        var reader = new SequenceReader<byte>(new(kept.WrittenMemory));
        second.Load(ref reader);
        Assert.Equal(0, reader.Remaining);
        var (one, two) = (new List<float>(), new List<float>());
        var same = random;
        Play(first, 200, ref random, transition => one.AddRange(transition.Rewards));
        Play(second, 200, ref same, transition => two.AddRange(transition.Rewards));
        Assert.Equal(one, two);
        Assert.True(first.Frames.Observations.SequenceEqual(second.Frames.Observations));
    }

    [Fact]
    public void Observation_ByHand_HasEveryNumberInItsPlace()
    {
        var round = new DhumbalRound(new(), 2, SeedTree.Root(13));
        long[] coins = [1_000, 2_000, 5_000, 30_000];
        var seen = new float[SeatObservation.DetailedSize];
        SeatObservation.Write(new(in round, coins), seen);
        Assert.Equal(SeatObservation.DetailedSize, SeatObservation.Names.Count);
        for (var card = 0; card < 52; card++) Assert.Equal((round.HandOf(2) >> card & 1) == 1 ? 1 : 0, seen[card]);
        Assert.Equal(1, seen[52 + round.Offered]);
        Assert.Equal([0, 0, 1, 0, 0], seen[104..109]);
        Assert.Equal(Cards.ValueOf(round.HandOf(2)) / 65f, seen[109]);
        Assert.Equal([0, 1, 0.5f, 1.1f], seen[110..114]);
        Assert.Equal([0, 1, 0], seen[114..117]);
        Assert.Equal([1, 1, 1, 0], seen[117..121]);
        Assert.Equal(1, seen.AsSpan(52, 52).Count(1f));
    }

    [Fact]
    public void PaperRewards_ByHand_FollowTheSheet()
    {
        var round = Rounds.Find(new(), r => r.Phase == RoundPhase.Call);
        var (caller, all) = (round.Player, Enumerable.Range(0, 4).Sum(round.CostOf));
        round.Play(Moves.Call);
        var own = round.CostOf(caller);
        var expected = Enumerable.Range(0, 4).All(seat => seat == caller || round.CostOf(seat) > own) ? all - own : -all;
        Assert.Equal(expected, SeatRewards.Paper(round, caller, Moves.Call, own, own));
        Assert.Equal(13 / 13f, SeatRewards.Paper(round, caller, Moves.Discard(51), 30, 17));
        Assert.Equal(-4 / 13f - 0.1f, SeatRewards.Paper(round, caller, Moves.TakeStock, 17, 21), 1e-6f);
        Assert.Equal(0, SeatRewards.Paper(round, caller, Moves.PlayOn, 9, 9));
    }

    [Fact]
    public void SortedCoding_Outputs_AreThePlacesOfTheLegalMoves()
    {
        var coding = new ActionCoding(new(), isSorted: true);
        var round = new DhumbalRound(new(), 0, SeedTree.Root(14));
        var legal = new int[Moves.CountFor(5)];
        int[] moves = [.. legal[..round.ListLegal(legal)].Order()];
        var mask = new bool[128];
        coding.Mask(round, mask);
        Assert.Equal(moves.Length, mask.Count(flag => flag));
        Assert.True(mask[moves.Length - 1] && !mask[moves.Length]);
        for (var i = 0; i < moves.Length; i++) Assert.Equal(moves[i], coding.MoveOf(round, i));
    }

    [Fact]
    public void Ppo_AFewIterations_LosesLessThanAtFirst()
    {
        // Learning to call and to throw high cards takes few rounds: the return rises well above that of untrained play.
        var config = new DhumbalConfig().Ppo with { Steps = 32_768, EnvironmentCount = 32, Horizon = 64, Minibatches = 8, LearningRate = 3e-3, Hidden = [32] };
        var learner = new Pilotage.Algorithms.Ppo(config, new SeatOptions().Create(32, SeedTree.Root(15)), SeedTree.Root(15));
        learner.Iterate();
        double Return() => learner.Diagnostics.First(figure => figure.Key == "episode_return").Value;
        var first = Return();
        while (learner.Steps < config.Steps) learner.Iterate();
        Assert.True(Return() > first + 0.05, $"{first} to {Return()}");
    }
}
