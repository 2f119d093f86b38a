using Pilotage.Environments.Grids;
using Xunit;

namespace Pilotage.Environments.Tests.Grids;

public sealed class DynamicObstaclesTests
{
    private static readonly (int X, int Y)[] Corner = [(1, 6), (2, 5), (2, 6), (5, 1)];

    [Fact]
    public void View_FromTheCorner_ShowsBallsAndWhatIsBehindWalls()
    {
        // The four balls are walled in or far away; only what the picture needs is fixed: it is taken before they move.
        var environment = new DynamicObstacles(new(1, 1, 0), [(3, 1), (1, 2), (6, 4), (5, 5)]);
        var view = new float[EgocentricView.Size];
        EgocentricView.Write(environment, environment.Agent, seesThroughWalls: true, view);
        Assert.Equal(["WWWWWWW", "WWW...B", "WWW....", "WWW....", "WWWB...", "WWW....", "WWW.B.."], Views.Picture(view));
        Assert.Equal([0.6f, 0.2f], view[(2 * (7 * 3 + 4))..][..2]);                        // a ball is blue
        EgocentricView.Write(environment, environment.Agent, seesThroughWalls: false, view);
        Assert.Equal("??W...B", Views.Picture(view)[1]);
    }

    [Fact]
    public void Step_ForwardIntoABall_CostsOneEvenIfItHasMovedAway()
    {
        var (stayed, moved) = (0, 0);
        for (var seed = 0; seed < 50; seed++)
        {
            var environment = new DynamicObstacles(new(1, 1, 0), [(2, 1), (1, 6), (6, 1), (5, 5)]);
            var (_, reward, end) = ScalarPlay.Step(ref environment, Pose.Forward, seed);
            Assert.Equal((-1, End.Terminated), (reward, end));
            if (environment.Agent == new Pose(2, 1, 0)) moved++;
            else stayed++;
        }
        Assert.Equal(50, moved + stayed);
        Assert.Equal(50, moved);                                                          // it always has somewhere to go here
    }

    [Fact]
    public void Step_BallThatIsWalledIn_StaysAndIsHit()
    {
        // The corner's ball has its three neighbours taken: the other two balls and the agent's own cell.
        var environment = new DynamicObstacles(new(1, 5, 1), Corner);
        var (_, reward, end) = ScalarPlay.Step(ref environment, Pose.Forward);
        Assert.Equal((-1, End.Terminated), (reward, end));
        Assert.Equal(new(1, 5, 1), environment.Agent);
    }

    [Fact]
    public void Step_BallThatMovesInTheWay_OnlyStops()
    {
        // Its one free neighbour is the cell ahead of the agent.
        for (var seed = 0; seed < 20; seed++)
        {
            var environment = new DynamicObstacles(new(1, 4, 1), Corner);
            var (view, reward, end) = ScalarPlay.Step(ref environment, Pose.Forward, seed);
            Assert.Equal((0, End.Running), (reward, end));
            Assert.Equal(new(1, 4, 1), environment.Agent);
            Assert.Equal('B', Views.Picture(view)[5][3]);
        }
    }

    [Fact]
    public void Step_TurningBeforeABall_CostsNothing()
    {
        var environment = new DynamicObstacles(new(1, 1, 0), [(2, 1), (1, 6), (6, 1), (5, 5)]);
        Assert.Equal((0, End.Running), ScalarPlay.Step(ref environment, Pose.Left) is var (_, reward, end) ? (reward, end) : default);
    }

    [Fact]
    public void Step_ForwardIntoAWall_CostsOne()
    {
        var environment = new DynamicObstacles(new(1, 1, 3), Corner);
        Assert.Equal((-1, End.Terminated), ScalarPlay.Step(ref environment, Pose.Forward) is var (_, reward, end) ? (reward, end) : default);
    }

    [Fact]
    public void Step_IntoTheGoal_PaysByTheTimeTaken()
    {
        var environment = new DynamicObstacles(new(6, 5, 1), [(1, 1), (1, 3), (3, 1), (3, 3)], steps: 63);
        Assert.Equal((0.775f, End.Terminated), ScalarPlay.Step(ref environment, Pose.Forward) is var (_, reward, end) ? (reward, end) : default);
    }

    [Fact]
    public void Step_RandomPlay_BallsMoveToNeighboursAndNeverShareACell()
    {
        var moved = 0;
        for (var seed = 0; seed < 200; seed++)
        {
            var environment = new DynamicObstacles();
            var random = SeedTree.Root(seed).Start();
            var observation = new float[98];
            environment.Reset(new(observation, []), ref random);
            for (var step = 0; step < 20; step++)
            {
                var before = Balls(environment);
                Assert.Equal(4, before.Count);
                var outcome = environment.Step(new([random.NextInt(2)], []), new(observation, []), ref random);
                Assert.Equal(End.Running, outcome.End);
                var after = Balls(environment);
                Assert.Equal(4, after.Count);
                Assert.DoesNotContain((environment.Agent.X, environment.Agent.Y), after);
                Assert.All(after, ball => Assert.Contains(before, old => Math.Abs(old.X - ball.X) <= 1 && Math.Abs(old.Y - ball.Y) <= 1));
                moved += after.Except(before).Count();
            }
        }
        Assert.InRange(moved / (200.0 * 20 * 4), 0.7, 1.0);                                // some step where another has just left
    }

    [Fact]
    public void Rule_ManyEpisodes_NeverHitsAnything()
    {
        var entry = GridCatalog.All[1];
        var returns = Evaluation.PolicyEvaluation.Run(entry.CreateHeuristic(), entry.Create, episodes: 200, SeedTree.Root(1).Evaluation);
        Assert.All(returns.Returns, one => Assert.True(one >= 0));
    }

    private static List<(int X, int Y)> Balls(IRoom room) =>
        [.. Enumerable.Range(0, 64).Select(place => (X: place % 8, Y: place / 8)).Where(cell => room.At(cell.X, cell.Y) == GridCell.Ball)];
}
