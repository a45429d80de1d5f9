// What the parts of the shim share: how a function is exported, and how an exception becomes a code and a text.
#pragma once
#include <c10/util/Exception.h>

#include <cstdint>
#include <exception>
#include <string>

#define EXPORT extern "C" __attribute__((visibility("default")))

namespace polytask {

// Keeps the text for pt_last_error; returns -1 (failed) or -2 (out of memory).
int fail(std::string message);

template <typename F>
int guarded(F&& body) {
  try {
    body();
    return 0;
  } catch (const c10::Error& e) {
    return fail(e.what_without_backtrace());
  } catch (const std::exception& e) {
    return fail(e.what());
  } catch (...) {
    return fail("libtorch threw something that is not an exception");
  }
}

}  // namespace polytask

using polytask::guarded;
