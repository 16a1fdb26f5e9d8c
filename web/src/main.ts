import { mount } from "svelte";
import App from "./App.svelte";
import "./app.css";

const place = document.getElementById("app");
if (place === null) throw new Error('main: expected an element with id "app" in index.html, got none');
mount(App, { target: place });
