using Pilotage.Environments.Arcade;
using Xunit;

namespace Pilotage.Environments.Tests.Arcade;

public sealed class BreakoutTests
{
    private const int None = 0;

    [Fact]
    public void Reset_ManySeeds_BeginsOnEitherSideAsOften()
    {
        var left = 0;
        for (var seed = 0; seed < 400; seed++)
        {
            var game = new Breakout();
            var screen = ScalarPlay.Reset(ref game, seed);
            var side = Screen.Channel(screen, 0, 3, 4) == 3 ? 1 : 0;
            left += side;
            Assert.Equal(0, Screen.Channel(screen, 4, 9, 4));
            // The ball's trail is on the ball, and bricks cover both: rows 1 to 3 are full.
            Assert.Equal(30, Enumerable.Range(0, 100).Count(place => Screen.Channel(screen, place % 10, place / 10, 4) == 3));
            Assert.Equal(1 + 30, screen.Count(value => value > -0.5f));
        }
        Assert.Equal(400, left);
        Assert.InRange(Enumerable.Range(0, 400).Count(BallGoesRight), 200 - 40, 200 + 40);
    }

    [Fact]
    public void Step_FirstStep_MovesTheBallAndLightsItsTrail()
    {
        var game = new Breakout();
        ScalarPlay.Reset(ref game, RightSeed);
        var screen = ScalarPlay.Step(ref game, None).Observation;
        // Ball (1, 4) at 2/4 - 1/2; its trail in (0, 3) is behind the brick there, 4/4 - 1/2; paddle 1/4 - 1/2.
        Assert.Equal((0f, 0.5f, -0.25f, -0.5f), (screen[41], screen[30], screen[94], screen[0]));
    }

    [Theory]
    [InlineData(3, 4, 8, 1, -1, End.Running)]           // from the paddle's column: up, and on to the right
    [InlineData(4, 4, 8, -1, -1, End.Running)]          // into the paddle's column: back
    [InlineData(5, 4, 9, 1, 1, End.Terminated)]
    [InlineData(2, 4, 9, 1, 1, End.Terminated)]
    public void Step_BallAtThePaddlesRow_BouncesOrIsLost(int paddle, int x, int y, int dx, int dy, End end)
    {
        var game = new Breakout(paddle, (3, 8), (1, 1), Wall);
        Assert.Equal((0, end), Outcome(ScalarPlay.Step(ref game, None)));
        Assert.Equal(((x, y), (dx, dy)), (game.Ball, game.Direction));
    }

    [Fact]
    public void Step_IntoABrick_BreaksItAndTurnsBack()
    {
        var game = new Breakout(0, (3, 4), (1, -1), Wall);
        Assert.Equal((1, End.Running), Outcome(ScalarPlay.Step(ref game, None)));
        Assert.Equal(((4, 4), (1, 1)), (game.Ball, game.Direction));
        Assert.Equal(29, game.Bricks.Count);
        Assert.False(game.Bricks.At(4, 3));
    }

    [Fact]
    public void Step_SecondBrickAtOnce_IsPassedUnbroken()
    {
        var bricks = new Pixels();
        bricks.Set(4, 3);
        bricks.Set(5, 5);
        bricks.Set(7, 7);
        var game = new Breakout(0, (3, 4), (1, -1), bricks);
        Assert.Equal(1, ScalarPlay.Step(ref game, None).Reward);
        Assert.Equal(0, ScalarPlay.Step(ref game, None).Reward);
        Assert.Equal(((5, 5), true), (game.Ball, game.Bricks.At(5, 5)));
        Assert.Equal(0, ScalarPlay.Step(ref game, None).Reward);
        Assert.Equal(1, ScalarPlay.Step(ref game, None).Reward);                           // a step without a brick in between
        Assert.Equal(1, game.Bricks.Count);
    }

    [Theory, InlineData(9, 5, 1, 1, 9, 6, -1, 1), InlineData(0, 5, -1, -1, 0, 4, 1, -1), InlineData(4, 0, 1, -1, 5, 0, 1, 1), InlineData(0, 0, -1, -1, 0, 0, 1, 1)]
    public void Step_IntoWallOrCeiling_TurnsThere(int x, int y, int dx, int dy, int toX, int toY, int toDx, int toDy)
    {
        var game = new Breakout(0, (x, y), (dx, dy), new());
        ScalarPlay.Step(ref game, None);
        Assert.Equal(((toX, toY), (toDx, toDy)), (game.Ball, game.Direction));
    }

    [Fact]
    public void Step_LastBrickGone_WallComesBackAtThePaddle()
    {
        var game = new Breakout(3, (3, 8), (1, 1), new());
        ScalarPlay.Step(ref game, None);
        Assert.Equal(30, game.Bricks.Count);
    }

    [Fact]
    public void Step_ButtonsOfEitherVersion_MoveThePaddleNineTimesInTen()
    {
        foreach (var (few, right, left) in new[] { (false, 3, 1), (true, 2, 1) })
        {
            var (wentRight, wentLeft) = (0, 0);
            for (var seed = 0; seed < 1000; seed++)
            {
                var game = new Breakout(few);
                ScalarPlay.Reset(ref game, seed);
                if (Screen.Channel(ScalarPlay.Step(ref game, right, seed).Observation, 5, 9, 4) == 0) wentRight++;
                ScalarPlay.Reset(ref game, seed);
                if (Screen.Channel(ScalarPlay.Step(ref game, left, seed).Observation, 3, 9, 4) == 0) wentLeft++;
            }
            Assert.InRange(wentRight, 900 - 38, 900 + 38);                                 // four standard deviations
            Assert.Equal(wentRight, wentLeft);                                             // the same draws
        }
    }

    [Fact]
    public void Reset_AfterAButton_ForgetsIt()
    {
        // Where the draw repeats the last button, a new episode has none to repeat.
        var sticky = Enumerable.Range(0, 200).First(seed => SeedTree.Root(seed).Start() is var random && random.NextDouble() < 0.1);
        var game = new Breakout();
        ScalarPlay.Reset(ref game, 1);
        ScalarPlay.Step(ref game, 3, seed: Enumerable.Range(0, 200).First(seed => SeedTree.Root(seed).Start() is var random && random.NextDouble() > 0.1));
        ScalarPlay.Reset(ref game, 1);
        Assert.Equal(0, Screen.Channel(ScalarPlay.Step(ref game, 1, sticky).Observation, 4, 9, 4));
    }

    private static Pixels Wall
    {
        get
        {
            var wall = new Pixels();
            for (var y = 1; y <= 3; y++) wall[y] = Pixels.Row;
            return wall;
        }
    }

    private static int RightSeed => Enumerable.Range(0, 100).First(BallGoesRight);

    private static bool BallGoesRight(int seed)
    {
        var game = new Breakout();
        ScalarPlay.Reset(ref game, seed);
        return game.Direction.X == 1 && game.Ball.X == 0;
    }

    private static (float, End) Outcome((float[] Observation, float Reward, End End) step) => (step.Reward, step.End);
}
