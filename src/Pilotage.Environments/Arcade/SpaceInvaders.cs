using System.Numerics;
using Pilotage.Environments.Drawing;
using Pilotage.Environments.Grids;

namespace Pilotage.Environments.Arcade;

/// <summary>MinAtar's Space Invaders: shoot the aliens that come down, and be hit by none of theirs; each alien pays 1.</summary>
/// <remarks>
/// Source: Young and Tian, arXiv:1903.03176. Twenty-four aliens move sideways, the faster the fewer they are, and down by one row with a turn at the edges; every ten steps the
/// nearest column's lowest one shoots. The cannon shoots at most every five steps. A wave that is shot down is followed by the next, which moves every 12, 11, ... down to 6 steps.
/// The episode ends when a bullet or an alien reaches the cannon, or aliens turn in the lowest row. Actions: all six (v0: none, left, up, right, down, fire) or the four that do
/// something (v1: none, left, right, fire); one in ten is the last one again. Channels: cannon, aliens, aliens that go left, that go right, own bullets, theirs. Differs from the
/// source: truncated after 10,000 steps.
/// </remarks>
public struct SpaceInvaders : IEnvironment, IDrawable
{
    internal const int Channels = 6;
    private const int BottomRow = Pixels.Side - 1;
    private const int ShotPause = 5;                    // steps between the cannon's shots
    private const int AlienShotPause = 10;
    private const int SlowestMove = 12;                 // steps between the aliens' moves
    private const int FastestMove = 6;
    private const int AlienRows = 4;
    private const ushort AlienColumns = 0b00_1111_1100; // 2 to 7

    private static readonly EnvironmentSpec Spec = new()
    {
        Name = "MinAtar/SpaceInvaders-v0",
        ObservationSize = Screen.Size,
        Actions = new ActionSpace.Discrete(6),
        TimeLimit = ArcadeCatalog.Limit,
    };

    private readonly bool _hasFewActions;
    private Pixels _aliens, _bullets, _alienBullets;
    private StickyButton _sticky;
    private int _cannon;
    private int _direction;                             // of the aliens: -1 left, 1 right
    private int _movePause;                             // of a full wave
    private int _untilMove, _untilAlienShot, _untilShot;

    /// <summary>Makes a game.</summary>
    /// <param name="hasFewActions">Whether the four actions that do something are offered, as in v1, or all six.</param>
    public SpaceInvaders(bool hasFewActions) => _hasFewActions = hasFewActions;

    /// <summary>Places everything, for tests.</summary>
    internal SpaceInvaders(int cannon, in Pixels aliens, in Pixels bullets, in Pixels alienBullets, int direction, int untilMove, int untilAlienShot)
    {
        (_aliens, _bullets, _alienBullets) = (aliens, bullets, alienBullets);
        (_cannon, _direction, _movePause, _untilMove, _untilAlienShot) = (cannon, direction, SlowestMove, untilMove, untilAlienShot);
    }

    internal readonly Pixels Aliens => _aliens;

    internal readonly Pixels Bullets => _bullets;

    internal readonly Pixels AlienBullets => _alienBullets;

    internal readonly int MovePause => _movePause;

    internal static ReadOnlySpan<Button> FewActions => [Button.None, Button.Left, Button.Right, Button.Fire];

    /// <inheritdoc/>
    public static EnvironmentSpec Describe() => Spec;

    /// <summary>The same game before other aliens, for tests.</summary>
    internal readonly SpaceInvaders Facing(in Pixels aliens, in Pixels bullets) => this with { _aliens = aliens, _bullets = bullets, _untilMove = 5, _untilAlienShot = 9 };

    /// <inheritdoc/>
    public void Reset(Frame first, ref Randomness random)
    {
        this = new(_hasFewActions);
        (_cannon, _direction, _movePause, _untilMove, _untilAlienShot) = (5, -1, SlowestMove, SlowestMove, AlienShotPause);
        BeginWave();
        Observe(first.Observation);
    }

    /// <inheritdoc/>
    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        Play(_sticky.Press(_hasFewActions ? FewActions[action.Index] : (Button)action.Index, ref random));
        _bullets.ShiftUp();
        _alienBullets.RollDown();
        _alienBullets[0] = 0;
        var isHit = _alienBullets.At(_cannon, BottomRow) | _aliens.At(_cannon, BottomRow);
        if (_untilMove == 0) isHit |= MoveAliens();
        if (_untilAlienShot == 0) ShootBack();
        var shot = RemoveHits();

        if (_untilShot > 0) _untilShot--;
        _untilMove--;
        _untilAlienShot--;
        if (_aliens.Count == 0)
        {
            if (_movePause > FastestMove) _movePause--;
            BeginWave();
        }
        Observe(next.Observation);
        return new(shot, isHit ? End.Terminated : End.Running);
    }

    /// <inheritdoc/>
    public readonly void Draw(Scene scene)
    {
        Screen.Frame(scene);
        Screen.Draw(scene, _aliens, Ink.Goal);
        Screen.Draw(scene, _alienBullets, Ink.Limb);
        Screen.Draw(scene, _bullets, Ink.Ground);
        RoomScene.Square(scene, Ink.Body, _cannon, 0);
    }

    private void Play(Button button)
    {
        switch (button)
        {
            case Button.Left: _cannon = Math.Max(0, _cannon - 1); break;
            case Button.Right: _cannon = Math.Min(Pixels.Side - 1, _cannon + 1); break;
            case Button.Fire when _untilShot == 0:
                _bullets.Set(_cannon, BottomRow);
                _untilShot = ShotPause;
                break;
        }
    }

    // Sideways, or down with a turn at an edge; whether that ends the episode.
    private bool MoveAliens()
    {
        _untilMove = Math.Min(_aliens.Count, _movePause);
        var edge = _direction < 0 ? 0 : Pixels.Side - 1;
        if ((_aliens.Columns >> edge & 1) == 0)
        {
            _aliens.RollAcross(_direction);
            return _aliens.At(_cannon, BottomRow);
        }
        _direction = -_direction;
        var hasLanded = _aliens[BottomRow] != 0;
        _aliens.RollDown();
        return hasLanded | _aliens.At(_cannon, BottomRow);
    }

    // The lowest alien of the nearest column, the left one of two as near.
    private void ShootBack()
    {
        _untilAlienShot = AlienShotPause;
        var columns = _aliens.Columns;
        for (var distance = 0; distance < Pixels.Side; distance++)
        {
            foreach (var x in (ReadOnlySpan<int>)[_cannon - distance, _cannon + distance])
            {
                if (x is < 0 or >= Pixels.Side || (columns >> x & 1) == 0) continue;
                var y = BottomRow;
                while (!_aliens.At(x, y)) y--;
                _alienBullets.Set(x, y);
                return;
            }
        }
    }

    private int RemoveHits()
    {
        var count = 0;
        for (var y = 0; y < Pixels.Side; y++)
        {
            var hit = (ushort)(_aliens[y] & _bullets[y]);
            count += BitOperations.PopCount(hit);
            _aliens[y] &= (ushort)~hit;
            _bullets[y] &= (ushort)~hit;
        }
        return count;
    }

    private void BeginWave()
    {
        for (var y = 0; y < AlienRows; y++) _aliens[y] = AlienColumns;
    }

    private readonly void Observe(Span<float> observation)
    {
        Screen.Clear(observation);
        Screen.Light(observation, _cannon, BottomRow, 0, Channels);
        Screen.Light(observation, _aliens, _direction < 0 ? 2 : 3, Channels);            // these cover the channel of all aliens
        Screen.Light(observation, _bullets, 4, Channels);
        Screen.Light(observation, _alienBullets, 5, Channels);
    }
}
