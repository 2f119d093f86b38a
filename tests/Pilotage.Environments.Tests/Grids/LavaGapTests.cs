using Pilotage.Environments.Grids;
using Xunit;

namespace Pilotage.Environments.Tests.Grids;

public sealed class LavaGapTests
{
    [Fact]
    public void Reset_ManySeeds_PlacesLavaAndGapUniformlyAndTheAgentInItsCorner()
    {
        var counts = new int[7, 7];
        for (var seed = 0; seed < 3000; seed++)
        {
            var environment = new LavaGap();
            ScalarPlay.Reset(ref environment, seed);
            Assert.Equal(new(1, 1, 0), environment.Agent);
            counts[environment.Column, environment.Gap]++;
        }
        for (var column = 0; column < 7; column++)
            for (var gap = 0; gap < 7; gap++)
                if (column is >= 2 and <= 4 && gap is >= 1 and <= 5) Assert.InRange(counts[column, gap], 200 - 4 * 13.7, 200 + 4 * 13.7);     // four standard deviations
                else Assert.Equal(0, counts[column, gap]);
    }

    [Fact]
    public void View_FromTheCornerToTheRight_ShowsTheRoomTurned()
    {
        var environment = new LavaGap(new(1, 1, 1), column: 2, gap: 3);
        var view = ScalarPlay.Step(ref environment, Pose.Left).Observation;
        Assert.Equal(["???????", "??WWWWW", "??W....", "??W....", "??W....", "??WLL.L", "??W...."], Views.Picture(view));
        // Column 3, row 5 of the view is lava, red; column 2, row 6 a wall, grey; the agent's own cell shows nothing.
        Assert.Equal([0.9f, 0], view[(2 * (7 * 3 + 5))..][..2]);
        Assert.Equal([0.2f, 0.5f], view[(2 * (7 * 2 + 6))..][..2]);
        Assert.Equal([0.1f, 0], view[(2 * (7 * 3 + 6))..][..2]);
        Assert.Equal([0, 0], view[..2]);
    }

    [Fact]
    public void View_FromTheCornerDownwards_ShowsTheRoomTurned()
    {
        var environment = new LavaGap(new(1, 1, 0), column: 2, gap: 3);
        Assert.Equal(["???????", "WWWWW??", "..L.W??", "..L.W??", "....W??", "..L.W??", "..L.W??"], Views.Picture(ScalarPlay.Step(ref environment, Pose.Right).Observation));
    }

    [Fact]
    public void View_BeforeAWall_HidesWhatIsBehindIt()
    {
        var environment = new LavaGap(new(5, 1, 0), column: 2, gap: 3);
        Assert.Equal(["???????", "???????", "???????", "???????", "???????", "WWWWW??", "L...W??"], Views.Picture(ScalarPlay.Step(ref environment, Pose.Left).Observation));
    }

    [Fact]
    public void View_TowardsTheGoal_ShowsItGreen()
    {
        var environment = new LavaGap(new(5, 1, 0), column: 2, gap: 3);
        var view = ScalarPlay.Step(ref environment, Pose.Right).Observation;
        Assert.Equal(["???????", "??WWWWW", "??WG..L", "??W...L", "??W....", "??W...L", "??W...L"], Views.Picture(view));
        Assert.Equal([0.8f, 0.1f], view[(2 * (7 * 3 + 2))..][..2]);
    }

    [Theory, InlineData(7, 1 - 0.9 * 8 / 196), InlineData(0, 1 - 0.9 / 196), InlineData(195, 0.1)]
    public void Step_IntoTheGoal_PaysByTheTimeTaken(int steps, double reward)
    {
        var environment = new LavaGap(new(5, 4, 1), column: 2, gap: 3, steps);
        var (view, paid, end) = ScalarPlay.Step(ref environment, Pose.Forward);
        Assert.Equal(((float)reward, End.Terminated), (paid, end));
        Assert.Equal('.', Views.Picture(view)[6][3]);                                     // the agent stands on the goal; its own cell shows nothing
    }

    [Fact]
    public void Step_IntoLavaWallAndGap_EndsStaysAndGoesOn()
    {
        var lava = new LavaGap(new(1, 1, 0), column: 2, gap: 3);
        Assert.Equal((0, End.Terminated), (ScalarPlay.Step(ref lava, Pose.Forward) is var (_, reward, end) ? (reward, end) : default));
        Assert.Equal(new(2, 1, 0), lava.Agent);
        var wall = new LavaGap(new(1, 1, 3), column: 2, gap: 3);
        Assert.Equal(End.Running, ScalarPlay.Step(ref wall, Pose.Forward).End);
        Assert.Equal(new(1, 1, 3), wall.Agent);
        var gap = new LavaGap(new(1, 3, 0), column: 2, gap: 3);
        Assert.Equal(End.Running, ScalarPlay.Step(ref gap, Pose.Forward).End);
        Assert.Equal(new(2, 3, 0), gap.Agent);
    }

    // The distance between the corners is 8, so 8 moves are the fewest there are.
    [Fact]
    public void Rule_EveryLayout_TakesEightMovesAndFewTurns()
    {
        for (var column = 2; column <= 4; column++)
        {
            for (var gap = 1; gap <= 5; gap++)
            {
                var environment = new LavaGap(new(1, 1, 3), column, gap);
                var (view, reward, end) = ScalarPlay.Step(ref environment, Pose.Right);
                var (moves, steps) = (0, 1);
                for (; end == End.Running && steps < 196; steps++)
                {
                    var action = LavaGapRule.Decide(view, []);
                    if (action == Pose.Forward) moves++;
                    (view, reward, end) = ScalarPlay.Step(ref environment, action);
                }
                Assert.Equal((End.Terminated, 8), (end, moves));
                Assert.InRange(steps, 10, 8 + 1 + 5);                     // the turn before, and five at most
                Assert.Equal((float)(1 - 0.9 * steps / 196), reward);
            }
        }
    }

    [Fact]
    public void Rule_FromAnywhere_ArrivesAndNeverBurns()
    {
        for (var column = 2; column <= 4; column++)
            for (var gap = 1; gap <= 5; gap++)
                for (var place = 0; place < 25 * 4; place++)
                {
                    var start = new Pose(1 + place % 5, 1 + place / 5 % 5, place / 25);
                    if ((start.X, start.Y) == (5, 5) || start.X == column && start.Y != gap) continue;
                    var environment = new LavaGap(start.Turned(Pose.Left), column, gap);
                    var (view, reward, end) = ScalarPlay.Step(ref environment, Pose.Right);
                    for (var step = 0; end == End.Running && step < 60; step++) (view, reward, end) = ScalarPlay.Step(ref environment, LavaGapRule.Decide(view, []));
                    Assert.True(reward > 0, $"column {column}, gap {gap}, from {start}");
                }
    }
}
