namespace Pilotage.Environments.Drawing;

/// <summary>A vector environment whose rows can be drawn.</summary>
public interface IDrawableRows : IVectorEnvironment
{
    /// <summary>Whether there is something to draw: a lifted environment may not be <see cref="IDrawable"/>.</summary>
    bool IsDrawable { get; }

    /// <summary>Draws the state of one row. After a step that ended an episode, that is the first state of the next one.</summary>
    /// <param name="row">In [0, <see cref="IVectorEnvironment.Rows"/>).</param>
    /// <param name="scene">Cleared first.</param>
    /// <exception cref="NotSupportedException">There is nothing to draw; see <see cref="IsDrawable"/>.</exception>
    void Draw(int row, Scene scene);
}
