import org.languagetool.server.HTTPServer;

/**
 * LanguageTool behind several doors: one process, one set of dictionaries and rules, and a server
 * for each pair of arguments, a port and a settings file. Settings such as the limit of spelling
 * suggestions belong to a server and not to a request, so whoever wants both needs two doors.
 *
 * <p>Made into ../doors.jar by `python -m mtclean.grammar.languagetool.relock`.
 */
public final class Doors {
  private Doors() {}

  public static void main(String[] args) throws Exception {
    EnglishPhrases.take();
    for (int i = 0; i + 1 < args.length; i += 2) {
      HTTPServer.main(new String[] {"--port", args[i], "--config", args[i + 1]});
    }
  }
}
