using Pilotage.Environments.Drawing;
using Pilotage.Environments.Grids;

namespace Pilotage.Environments.Arcade;

/// <summary>MinAtar's Breakout: keep a ball in play with a paddle; each brick that it breaks pays 1.</summary>
/// <remarks>
/// Source: Young and Tian, arXiv:1903.03176. The ball moves one cell along a diagonal each step, after the paddle; three rows of bricks are put up again when the last one is
/// broken and the ball is back at the paddle. A ball in the paddle's column goes up again, one that comes into it goes back the way it came; any other ends the episode. Actions:
/// all six (v0: none, left, up, right, down, fire) or the three that do something (v1: none, left, right); one in ten is the last one again. Channels: paddle, ball, its trail,
/// bricks. Differs from the source: truncated after 10,000 steps, so that a player who never misses can be evaluated.
/// </remarks>
public struct Breakout : IEnvironment, IDrawable
{
    internal const int Channels = 4;
    private const int BottomRow = Pixels.Side - 1;
    private const int FirstBrickRow = 1, BrickRows = 3;

    private static readonly EnvironmentSpec Spec = new()
    {
        Name = "MinAtar/Breakout-v0",
        ObservationSize = Screen.Size,
        Actions = new ActionSpace.Discrete(6),
        TimeLimit = ArcadeCatalog.Limit,
    };

    private readonly bool _hasFewActions;
    private Pixels _bricks;
    private StickyButton _sticky;
    private int _paddle;
    private int _x, _y;                                 // of the ball
    private int _lastX, _lastY;
    private int _dx, _dy;
    private bool _isStriking;                           // the ball has just broken a brick, and does not break the next one

    /// <summary>Makes a game.</summary>
    /// <param name="hasFewActions">Whether the three actions that do something are offered, as in v1, or all six.</param>
    public Breakout(bool hasFewActions) => _hasFewActions = hasFewActions;

    /// <summary>Places everything, for tests.</summary>
    internal Breakout(int paddle, (int X, int Y) ball, (int X, int Y) direction, in Pixels bricks)
    {
        _bricks = bricks;
        (_paddle, _x, _y, _dx, _dy) = (paddle, ball.X, ball.Y, direction.X, direction.Y);
    }

    internal readonly (int X, int Y) Ball => (_x, _y);

    internal readonly (int X, int Y) Direction => (_dx, _dy);

    internal readonly Pixels Bricks => _bricks;

    internal static ReadOnlySpan<Button> FewActions => [Button.None, Button.Left, Button.Right];

    /// <inheritdoc/>
    public static EnvironmentSpec Describe() => Spec;

    /// <inheritdoc/>
    public void Reset(Frame first, ref Randomness random)
    {
        this = new(_hasFewActions);
        (_paddle, _y, _dy) = (4, 3, 1);
        (_x, _dx) = random.NextInt(2) == 0 ? (0, 1) : (9, -1);
        (_lastX, _lastY) = (_x, _y);
        BuildBricks();
        Observe(first.Observation);
    }

    /// <inheritdoc/>
    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        switch (_sticky.Press(_hasFewActions ? FewActions[action.Index] : (Button)action.Index, ref random))
        {
            case Button.Left: _paddle = Math.Max(0, _paddle - 1); break;
            case Button.Right: _paddle = Math.Min(Pixels.Side - 1, _paddle + 1); break;
        }
        var outcome = MoveBall();
        Observe(next.Observation);
        return outcome;
    }

    /// <inheritdoc/>
    public readonly void Draw(Scene scene)
    {
        Screen.Frame(scene);
        Screen.Draw(scene, _bricks, Ink.Goal);
        scene.Circle(Ink.Limb, _x + 0.5, Pixels.Side - 0.5 - _y, 0.4);
        RoomScene.Square(scene, Ink.Body, _paddle, 0);
    }

    private Outcome MoveBall()
    {
        (_lastX, _lastY) = (_x, _y);
        var (x, y) = (_x + _dx, _y + _dy);
        if (x is < 0 or >= Pixels.Side)
        {
            x = Math.Clamp(x, 0, Pixels.Side - 1);
            _dx = -_dx;
        }
        var (reward, end, hits) = (0f, End.Running, false);
        if (y < 0) (y, _dy) = (0, -_dy);
        else if (_bricks.At(x, y))
        {
            hits = true;
            if (!_isStriking)
            {
                reward = 1;
                _bricks.Clear(x, y);
                (y, _dy) = (_lastY, -_dy);
            }
        }
        else if (y == BottomRow)
        {
            if (_bricks.Count == 0) BuildBricks();
            if (_x == _paddle) (y, _dy) = (_lastY, -_dy);
            else if (x == _paddle) (y, _dx, _dy) = (_lastY, -_dx, -_dy);
            else end = End.Terminated;
        }
        _isStriking = hits;
        (_x, _y) = (x, y);
        return new(reward, end);
    }

    private void BuildBricks()
    {
        for (var y = FirstBrickRow; y < FirstBrickRow + BrickRows; y++) _bricks[y] = Pixels.Row;
    }

    private readonly void Observe(Span<float> observation)
    {
        Screen.Clear(observation);
        Screen.Light(observation, _paddle, BottomRow, 0, Channels);
        Screen.Light(observation, _x, _y, 1, Channels);
        Screen.Light(observation, _lastX, _lastY, 2, Channels);
        Screen.Light(observation, _bricks, 3, Channels);
    }
}
