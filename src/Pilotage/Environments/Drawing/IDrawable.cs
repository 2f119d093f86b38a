namespace Pilotage.Environments.Drawing;

/// <summary>An environment that can show its state: implemented beside <see cref="IEnvironment"/>, for films and for looking at mistakes.</summary>
public interface IDrawable
{
    /// <summary>Draws the state as it is now; changes nothing and draws no random numbers.</summary>
    /// <param name="scene">Empty; shapes drawn later cover earlier ones.</param>
    void Draw(Scene scene);
}
