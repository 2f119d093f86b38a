using Pilotage.Environments.Arcade;
using Xunit;

namespace Pilotage.Environments.Tests.Arcade;

public sealed class SpaceInvadersTests
{
    private const int None = 0, Fire = 5;

    [Fact]
    public void Reset_Screen_ShowsAWaveGoingLeft()
    {
        var game = new SpaceInvaders();
        var screen = ScalarPlay.Reset(ref game, 1);
        Assert.Equal(1 / 6f - 0.5f, screen[95]);
        for (var place = 0; place < 100; place++)
            if (place < 40 && place % 10 is >= 2 and <= 7) Assert.Equal(3 / 6f - 0.5f, screen[place]);
            else if (place != 95) Assert.Equal(-0.5f, screen[place]);
    }

    [Fact]
    public void Step_FirstThirteen_AliensShootInTheEleventhAndMoveInTheThirteenth()
    {
        var game = new SpaceInvaders();
        ScalarPlay.Reset(ref game, 1);
        for (var step = 1; step <= 13; step++)
        {
            var screen = ScalarPlay.Step(ref game, None).Observation;
            Assert.Equal(step >= 11 ? step - 11 + 3 : -1, Enumerable.Range(0, 10).Where(y => Screen.Channel(screen, 5, y, 6) == 5).DefaultIfEmpty(-1).First());
            Assert.Equal(step < 13 ? (ushort)0b1111_1100 : (ushort)0b0111_1110, game.Aliens.Columns);
        }
    }

    [Fact]
    public void Step_OneShot_HitsSixStepsLater()
    {
        var game = new SpaceInvaders();
        ScalarPlay.Reset(ref game, 1);
        var rewards = Enumerable.Range(0, 6).Select(step => ScalarPlay.Step(ref game, step == 0 ? Fire : None).Reward).ToArray();
        Assert.Equal([0, 0, 0, 0, 0, 1], rewards);
        Assert.Equal(23, game.Aliens.Count);
        Assert.False(game.Aliens.At(5, 3));
        Assert.Equal(0, game.Bullets.Count);
    }

    [Fact]
    public void Step_FireAllTheTime_ShootsEveryFifthStep()
    {
        var game = new SpaceInvaders();
        ScalarPlay.Reset(ref game, 1);
        Assert.Equal([1, 1, 1, 1, 1, 1], Enumerable.Range(0, 6).Select(_ => { ScalarPlay.Step(ref game, Fire); return game.Bullets.Count; }));
        // The first one hit in the sixth step, in which the second was shot; it has gone up by one row.
        Assert.True(game.Bullets.At(5, 8));
    }

    [Theory, InlineData(-1, 0, 1), InlineData(1, 9, -1)]
    public void Step_AtTheEdge_AliensGoDownAndTurn(int direction, int x, int turned)
    {
        var game = new SpaceInvaders(5, With((x, 4)), new(), new(), direction, untilMove: 0, untilAlienShot: 5);
        Assert.Equal(End.Running, ScalarPlay.Step(ref game, None).End);
        Assert.True(game.Aliens.At(x, 5));
        ScalarPlay.Step(ref game, None);                                                  // a single alien moves in every step
        Assert.True(game.Aliens.At(x + turned, 5));
    }

    [Fact]
    public void Step_AlienOrBulletAtTheCannon_EndsTheEpisode()
    {
        var landed = new SpaceInvaders(5, With((0, 9)), new(), new(), -1, untilMove: 0, untilAlienShot: 5);
        Assert.Equal(End.Terminated, ScalarPlay.Step(ref landed, None).End);
        var rammed = new SpaceInvaders(5, With((6, 9)), new(), new(), -1, untilMove: 0, untilAlienShot: 5);
        Assert.Equal(End.Terminated, ScalarPlay.Step(ref rammed, None).End);
        var shot = new SpaceInvaders(5, With((0, 0)), new(), With((5, 8)), -1, untilMove: 5, untilAlienShot: 5);
        Assert.Equal(End.Terminated, ScalarPlay.Step(ref shot, None).End);
        var missed = new SpaceInvaders(5, With((0, 0)), new(), With((4, 8), (5, 7)), -1, untilMove: 5, untilAlienShot: 5);
        Assert.Equal(End.Running, ScalarPlay.Step(ref missed, None).End);
    }

    [Theory, InlineData(4, 3, 5)]
    public void Step_TwoColumnsAsNear_TheLeftOneShoots(int cannon, int left, int right)
    {
        var game = new SpaceInvaders(cannon, With((left, 2), (left, 1), (right, 3)), new(), new(), -1, untilMove: 5, untilAlienShot: 0);
        ScalarPlay.Step(ref game, None);
        Assert.Equal((true, 1), (game.AlienBullets.At(left, 2), game.AlienBullets.Count));
    }

    [Fact]
    public void Step_LastAlienShot_BringsAFasterWaveAgainAndAgain()
    {
        var aliens = With((5, 4));
        var game = new SpaceInvaders(0, aliens, With((5, 5)), new(), -1, untilMove: 5, untilAlienShot: 9);
        Assert.Equal(1, ScalarPlay.Step(ref game, None).Reward);
        Assert.Equal((24, 11), (game.Aliens.Count, game.MovePause));
        for (var wave = 0; wave < 10; wave++)
        {
            game = game.Facing(With((5, 4)), With((5, 5)));
            ScalarPlay.Step(ref game, None);
        }
        Assert.Equal(6, game.MovePause);
    }

    private static Pixels With(params (int X, int Y)[] cells)
    {
        var pixels = new Pixels();
        foreach (var (x, y) in cells) pixels.Set(x, y);
        return pixels;
    }
}
