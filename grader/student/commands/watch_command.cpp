#include <algorithm>
#include <chrono>
#include <ctime>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <memory>
#include <stdexcept>

#include "command_line.hpp"
#include "commands.hpp"
#include "home/hints.hpp"
#include "home/next_step.hpp"
#include "home/test_lab.hpp"
#include "home/test_report.hpp"
#include "home/watch.hpp"
#include "system/terminal.hpp"

namespace grader {

namespace {

struct WatchOptions {
  std::string lab;
  std::string task;
};

constexpr std::chrono::seconds watch_limit{10};  // of a test

/// Shows a task of a lab, or all of it where there is no task, and tests it again when asked to.
class Screen {
 public:
  Screen(const Lab& lab, const std::string& task) : lab_(lab), task_(task) {}

  void test() { test(task_); }
  void test_all() { test(""); }

  /// Goes on to the next task that is not done, the first one after the last.
  void test_next() {
    const auto is_open = [](const TaskProgress& task) { return !task.done; };
    const std::vector<TaskProgress> tasks = load_progress(lab_.root)[lab_.name].tasks();
    const auto now = std::ranges::find(tasks, task_, &TaskProgress::name);
    auto next = std::find_if(now == tasks.end() ? now : now + 1, tasks.end(), is_open);
    next = next == tasks.end() ? std::ranges::find_if(tasks, is_open) : next;
    task_ = next == tasks.end() ? "" : next->name;
    test();
  }

  void hint() const {
    const auto text = [&] { return next_hint(lab_, task_.empty() ? lab_.hints.begin()->first : task_); };
    draw([&] { print_wrapped(text()); });
  }

 private:
  void test(const std::string& task) const {
    draw([&] {
      const BuiltTests tests = build_tests_of(lab_, task);
      print_warnings(lab_);
      fmt::print("\n");
      show(tests, run_and_remember(tests, watch_limit));
    });
  }

  template <class Body>
  void draw(const Body& body) const {
    constexpr const char* clear = "\033[H\033[2J";
    const std::string what = task_.empty() ? "" : "task " + task_ + ", ";
    fmt::print("{}{}  {}\n", clear, bold(lab_.name),
               dim(fmt::format("{}{:%H:%M:%S}", what, fmt::localtime(std::time(nullptr)))));
    std::fflush(stdout);
    try {
      body();
    } catch (const std::runtime_error& error) {
      print_wrapped(fmt::format("\n{}\n", error.what()));
    }
    fmt::print("\n{}", dim("save: test  n: next task  a: all  h: hint  q: quit"));
    std::fflush(stdout);
  }

  void show(const BuiltTests& tests, TestRound round) const {
    // What fails comes first, where one looks, and leaves room for the rest
    std::stable_partition(round.runs.begin(), round.runs.end(), [](const HomeRun& run) {
      return run.status != Status::passed && run.status != Status::todo;
    });
    TestReport report(tests.chosen, TestReport::Others::first_line);
    const std::size_t room = std::max<std::size_t>(terminal_height(), 16) / 2;
    for (HomeRun& run : round.runs) {
      run.output = shortened(run.output, "", 0, room, 4);
      report.print(run);
    }
    print_total(round);
    if (round.passed()) {
      const auto step = next_step(lab_, round.after);
      print_wrapped(fmt::format("\n{}{}\n", green(task_.empty() ? "Every test passes." : task_ + " passes."),
                                step && !step->task.empty() ? fmt::format(" Key n goes on to {}.", step->task) : ""));
    }
  }

  Lab lab_;
  std::string task_;
};

int watch(const Context& context, WatchOptions options) {
  split_task(options.lab, options.task);
  const Lab lab = named_lab(context.root, options.lab);
  if (options.task.empty()) {
    const auto step = next_step(lab, load_progress(context.root)[lab.name]);
    options.task = step ? step->task : "";
  }
  Watch files(lab);
  Screen screen(lab, options.task);
  screen.test();
  for (char key = 0; key != 'q';) {
    key = files.wait();
    if (key == '\0') {
      screen.test();
    } else if (key == 'a') {
      screen.test_all();
    } else if (key == 'n') {
      screen.test_next();
    } else if (key == 'h') {
      screen.hint();
    }
  }
  fmt::print("\n");
  return 0;
}

}  // namespace

void add_watch_command(CLI::App& app, const Context& context) {
  const auto options = std::make_shared<WatchOptions>();
  CLI::App& command = add_command(app, for_students, "watch", "Build and test again at every save",
                                  [context, options] { return watch(context, *options); });
  add_option(command, "lab", options->lab, "The lab: 02_mlp, 02, 2 or mlp; the one at hand by default");
  add_option(command, "task", options->task, "The task to begin with, such as 2.3");
  add_examples(command, "  ./course watch            the task at hand\n  ./course watch 2.3");
}

}  // namespace grader
