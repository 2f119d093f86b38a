namespace Shadow;

internal static class Program
{
    private static int Main(string[] arguments)
    {
        try
        {
            ShadowService.Build(arguments).Run();
            return 0;
        }
        catch (Pilotage.UserMistakeException mistake)
        {
            Console.Error.WriteLine(mistake.Message);
            return 2;
        }
    }
}
